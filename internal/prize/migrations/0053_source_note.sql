-- What there is to say of the two who entered the source (staff.SecondPerson).
ALTER TABLE drawings ADD COLUMN source_note VARCHAR(32) NOT NULL DEFAULT '';
