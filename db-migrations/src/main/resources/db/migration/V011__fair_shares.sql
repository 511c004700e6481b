-- What definitions share an endpoint by. The defaults are for nodes of the version before, which know neither column: what
-- they accept is shared as if it were of one definition more.

ALTER TABLE scoring
    ADD COLUMN definition text NOT NULL DEFAULT '',
    ADD COLUMN priority   int  NOT NULL DEFAULT 10,
    ADD CONSTRAINT scoring_priority CHECK (priority BETWEEN 1 AND 100);
UPDATE scoring s SET definition = r.definition FROM run r WHERE r.id = s.run_id AND s.sweep IS NOT NULL;

-- a launch looks for the definitions that wait, and then at the first rows of each; a live row is in one of these three
DROP INDEX scoring_due;
DROP INDEX scoring_due_again;
CREATE INDEX scoring_due ON scoring (sweep, endpoint, due_at) WHERE sweep IN ('track', 'collect');
CREATE INDEX scoring_to_start ON scoring (endpoint, due_at) WHERE sweep = 'launch' AND step = 'SUBMITTED';
CREATE INDEX scoring_to_launch ON scoring (endpoint, definition, due_at) WHERE sweep = 'launch' AND step <> 'SUBMITTED';

COMMENT ON COLUMN scoring.definition IS 'of its run, while it is live: those that are due on an endpoint share it';
COMMENT ON COLUMN scoring.priority IS 'the weight of its definition among those that share the endpoint';
