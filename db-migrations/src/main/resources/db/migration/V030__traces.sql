-- The trace that a run belongs to, where traces are sent somewhere.
ALTER TABLE run ADD COLUMN traceparent text;
COMMENT ON COLUMN run.traceparent IS 'context of the span that accepted the run (W3C Trace Context); null if nothing was traced';
