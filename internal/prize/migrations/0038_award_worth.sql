-- A share of a live room's pot has source_kind live, source_id the room, slip the
-- member's number and no unit of the stock: the pot is bounded by what it holds.
--
-- What an award is worth, as it was promised: cents of yuan, or points; 0: nothing was
-- said. NULL in awards from before it was kept: they are worth what the definition says.
ALTER TABLE awards ADD COLUMN worth INT;
