package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The defects that the guarantee would not survive. */
final class Defects {
    private static final String GUARD = " AND s.epoch = m.epoch AND s.step = m.from_step AND s.state = m.from_state"
            + " AND s.attempt = m.from_attempt AND s.stop_reason IS NOT DISTINCT FROM m.from_stop_reason";
    private static final String NONCE = "/[0-9a-f-]{36}/";

    private Defects() {}

    static final Defect NONE = new Defect("nothing");

    static final Defect NO_INTENT = new Defect("no row is written before a submit") {
        @Override
        Map<String, String> statements() {
            return Map.of(
                    "INSERT INTO submit_intent (nonce, scoring_id, attempt, node) SELECT m.nonce, s.id, s.attempt, ?",
                    "SELECT m.nonce, s.id AS scoring_id, ?",
                    " RETURNING scoring_id, nonce",
                    "");
        }
    };

    static final Defect BINDS_UNASKED = new Defect("an id is bound whoever is ahead by now") {
        @Override
        Map<String, String> statements() {
            return Map.of(GUARD, "", " AND (m.job_id IS NULL OR a.job_id IS NULL)", "");
        }
    };

    static final Defect STARTS_UNASKED = new Defect("a job is started again without asking how it stands") {
        @Override
        TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
            return new RealService.TwoStep(real) {
                private boolean presumed;

                @Override
                public JobStatus status(String jobId) {
                    if (presumed) {
                        return super.status(jobId);
                    }
                    presumed = true;
                    return new JobStatus(JobStatus.State.NOT_STARTED, "NotStarted", null);
                }
            };
        }
    };

    static final Defect STARTS_WHAT_IS_NOT_OURS = new Defect("a job is started before its id is committed") {
        @Override
        TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
            return new RealService.TwoStep(real) {
                @Override
                public String submit(JobRequest request) {
                    String job = super.submit(request);
                    super.start(job);
                    return job;
                }
            };
        }
    };

    static final Defect SENDS_TWICE = new Defect("the HTTP client repeats a submit by itself") {
        @Override
        TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
            return new RealService.TwoStep(real) {
                @Override
                public String submit(JobRequest request) {
                    super.submit(request);
                    return super.submit(request);
                }
            };
        }
    };

    static final Defect ONE_PLACE_FOR_ALL = new Defect("the path of an output has no nonce") {
        @Override
        TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
            return new RealService.TwoStep(real) {
                @Override
                public String submit(JobRequest request) {
                    Map<String, String> outputs = new TreeMap<>(request.outputs());
                    outputs.replaceAll((name, path) -> path.replaceFirst(NONCE, "/"));
                    return super.submit(
                            new JobRequest(request.inputs(), outputs, request.parameters(), request.validity()));
                }
            };
        }

        @Override
        Blobs blobs(Blobs real) {
            return new Blobs() {
                @Override
                public Upload upload(String path) {
                    return real.upload(path);
                }

                @Override
                public void put(String path, byte[] content) {
                    real.put(path, content);
                }

                @Override
                public long fetch(String path, Opening target) {
                    return real.fetch(path.replaceFirst(NONCE, "/"), target);
                }

                @Override
                public void delete(String path) {
                    real.delete(path);
                }
            };
        }
    };

    static final Defect ACCEPTS_UNASKED = new Defect("an output is accepted whoever was first") {
        @Override
        Map<String, String> statements() {
            return Map.of(GUARD, "");
        }
    };

    static final Defect HURRIES = new Defect("a wait is over a hundred times too soon") {
        @Override
        InstantSource clock() {
            Instant began = Instant.now();
            long nanos = System.nanoTime();
            return () -> began.plusNanos(100 * (System.nanoTime() - nanos));
        }
    };

    static final Defect FORGETS_TRIGGERS = new Defect("a trigger has no unique key") {
        @Override
        Map<String, String> statements() {
            return Map.of("AND same.occurrence = input.occurrence", "AND false AND same.occurrence = input.occurrence");
        }

        @Override
        void spoil(JdbcClient tables) {
            tables.sql("ALTER TABLE run DROP CONSTRAINT run_once").update();
            tables.sql("DROP INDEX run_request_once").update();
        }
    };

    static final Defect CANCELS_WHAT_IT_LOST = new Defect("a node that was overtaken cancels the job of its heir") {
        @Override
        TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
            return new RealService.TwoStep(real) {
                @Override
                public void cancel(String jobId) {
                    tables.sql("SELECT job_id FROM attempt WHERE job_id IS NOT NULL")
                            .query(String.class)
                            .list()
                            .forEach(super::cancel);
                }
            };
        }
    };
}
