-- The values of the source in the order in which they came, as each of the two has entered
-- them and as the first of them has it; the computation takes them sorted. NULL: of before.
ALTER TABLE drawing_values ADD COLUMN thrown TEXT;
ALTER TABLE drawings ADD COLUMN source_thrown TEXT;
