-- Every new run locked the row of its definition against being purged, twice: runs of one definition that were accepted at
-- the same time waited for each other. A definition is some kilobytes for each time that somebody changes it, so it is kept
-- for ever, and nothing needs to be locked: decisions/0024.

ALTER TABLE run DROP CONSTRAINT run_frozen_fkey;
DROP INDEX run_by_frozen;
COMMENT ON TABLE frozen_definition IS 'one row per content that a run was frozen with; never removed, so that no run needs to lock it';
