-- A set is inserted together and updated together: with half of each page free the new versions find room beside the old,
-- decisions/0017.

ALTER TABLE scoring SET (fillfactor = 50);
ALTER TABLE attempt SET (fillfactor = 50);
