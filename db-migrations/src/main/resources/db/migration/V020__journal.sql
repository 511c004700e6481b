-- Every entry of history says who caused it, and has a number by which it can be followed: decisions/0037. The table is
-- written anew once, which numbers the entries that there are in the order in which they lie.

ALTER TABLE history
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN actor text,
    ADD CONSTRAINT history_actor CHECK (actor ~ '^(schedule|file|request|user|node):.{1,200}$');

-- not a key: a B-tree would cost a third of what an entry costs. Shifted, so that the summary of a range of pages changes
-- once for 4,096 entries, and not with each
CREATE INDEX history_followed ON history USING brin ((id >> 12)) WITH (autosummarize = on);

COMMENT ON TABLE history IS 'the journal: one row per move of a scoring, and of a run where scoring_id is null; never changed';
COMMENT ON COLUMN history.id IS 'grows with every entry, with gaps; entries become visible in another order: see RunJournal before you follow it';
COMMENT ON COLUMN history.actor IS 'who caused it, as kind:name; null where it was the node itself, which column node names';
COMMENT ON COLUMN run.scorings IS 'how many it has; grows when one is added, in the same transaction';
