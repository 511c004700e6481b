-- When a remote job was first seen running: to learn how long jobs take, the history of all runs was read.

ALTER TABLE attempt ADD COLUMN running_at timestamptz;

COMMENT ON COLUMN attempt.running_at IS 'when a poll first saw its job running; null if none did';
