-- A parameter of a job execution has one row: a statement that is repeated after an unclear answer writes it once.

CREATE UNIQUE INDEX batch_job_execution_params_name ON batch_job_execution_params (job_execution_id, parameter_name);
DROP INDEX batch_job_execution_params_execution;
