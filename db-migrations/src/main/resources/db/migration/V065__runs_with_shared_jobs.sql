-- A scoring is counted once: that which has the job of others is left out where scorings are counted. decisions/0097

CREATE INDEX run_with_shared_job ON run (id) WHERE trigger = 'fold' AND ended_at IS NULL;
COMMENT ON INDEX run_with_shared_job IS 'the unfinished runs whose job other scorings share; few';
