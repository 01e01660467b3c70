-- What there is to say of the two who decided (staff.SecondPerson).
ALTER TABLE disqualifications ADD COLUMN note VARCHAR(32) NOT NULL DEFAULT '';
