-- Statistics are mostly gathered while nothing is live. Then an index of all that is live looks as good as the one made for a
-- sweep, and is read and sorted whole with each claim. This one says in other words what is live, so that only what asks in the
-- same words, by run, goes by it: decisions/0022.

DROP INDEX scoring_unended;
CREATE INDEX scoring_live ON scoring (run_id) WHERE state IN ('NotStarted', 'Running');
