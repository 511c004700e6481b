package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.broken.RealService;
import dev.bes.orchestrator.broken.RewrittenStatements;
import dev.bes.orchestrator.pipeline.InterceptionPoints;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A defect that is put into the nodes of a sequence on purpose, to see that it is found. */
enum PlantedDefect {
    NONE,
    /** A start that had no clear answer is repeated while it may still be on its way. */
    HASTY {
        @Override
        PipelineSettings settings(PipelineSettings sound) {
            return new PipelineSettings(
                    sound.deliveryRoot(),
                    sound.setSize(),
                    sound.maxConcurrentCalls(),
                    sound.loopsPerEndpoint(),
                    sound.lease(),
                    sound.idleInterval(),
                    sound.pollMin(),
                    sound.pollMax(),
                    Duration.ZERO,
                    sound.outputWait());
        }
    },
    /** A move is made wherever the row stands by then. */
    UNGUARDED {
        @Override
        RunParts rows(String node, InterceptionPoints interceptionPoints) {
            return rewritten(
                    node,
                    interceptionPoints,
                    Map.of(
                            " AND s.epoch = m.epoch AND s.step = m.from_step AND s.state = m.from_state"
                                    + " AND s.attempt = m.from_attempt AND s.stop_reason IS NOT DISTINCT FROM m.from_stop_reason",
                            ""));
        }
    },
    /** A job whose start had no clear answer is cancelled, to be on the safe side. */
    PANICKY {
        @Override
        RemoteJobs jobs(RemoteJobs sound) {
            return new RealService.TwoStep((TwoStepJobs) sound) {
                @Override
                public void start(String jobId) {
                    try {
                        super.start(jobId);
                    } catch (RemoteException.Unavailable e) {
                        super.cancel(jobId);
                        throw e;
                    }
                }
            };
        }
    },
    /** A submit is sent before its intent is written down. */
    UNINTENDED {
        @Override
        RunParts rows(String node, InterceptionPoints interceptionPoints) {
            return rewritten(
                    node,
                    interceptionPoints,
                    Map.of(
                            "INSERT INTO submit_intent (nonce, scoring_id, attempt, node) SELECT m.nonce, s.id, s.attempt, ?",
                            "SELECT m.nonce, s.id AS scoring_id, ?",
                            " RETURNING scoring_id, nonce",
                            ""));
        }
    },
    /** A job gets another name after an answer that was lost. */
    SECOND_NAME {
        @Override
        Protocol protocol() {
            return Protocol.NAMED;
        }

        @Override
        RemoteJobs jobs(RemoteJobs sound) {
            return new RealService.Named((NamedJobs) sound) {
                @Override
                public void create(String name, JobRequest request) {
                    try {
                        super.create(name, request);
                    } catch (RemoteException.Unavailable e) {
                        super.create(UUID.randomUUID().toString(), request);
                    }
                }
            };
        }
    },
    /** No job is searched after an unclear answer. */
    NO_SEARCH {
        @Override
        Protocol protocol() {
            return Protocol.UNNAMED;
        }

        @Override
        RemoteJobs jobs(RemoteJobs sound) {
            return new RealService.Unnamed((UnnamedJobs) sound) {
                @Override
                public List<Found> search(Collection<UUID> nonces) {
                    return List.of();
                }
            };
        }
    },
    /** The answer to another batch is taken. */
    ANSWER_OF_ANOTHER_BATCH {
        @Override
        Protocol protocol() {
            return Protocol.ROWS;
        }

        @Override
        RowService rows(RowService sound) {
            Map<Integer, Map<String, Table>> first = new ConcurrentHashMap<>();
            return new RealService.Rows(
                    sound, (score, batch) -> first.merge(batch.rows().size(), score.apply(batch), (one, other) -> one));
        }
    },
    /** The newest job of a call is adopted. */
    ADOPTS_THE_NEWEST {
        @Override
        Protocol protocol() {
            return Protocol.UNNAMED;
        }

        @Override
        RemoteJobs jobs(RemoteJobs sound) {
            return new RealService.Unnamed((UnnamedJobs) sound) {
                @Override
                public List<Found> search(Collection<UUID> nonces) {
                    return super.search(nonces).reversed();
                }
            };
        }
    };

    /** Of which services it is a defect. */
    Protocol protocol() {
        return Protocol.TWO_STEP;
    }

    RemoteJobs jobs(RemoteJobs sound) {
        return sound;
    }

    RowService rows(RowService sound) {
        return sound;
    }

    Endpoints endpoints(Endpoints sound) {
        return new Endpoints() {
            @Override
            public Set<String> names() {
                return sound.names();
            }

            @Override
            public RemoteJobs jobs(String endpoint) {
                return PlantedDefect.this.jobs(sound.jobs(endpoint));
            }

            @Override
            public @Nullable RowService rows(String endpoint) {
                RowService rows = sound.rows(endpoint);
                return rows == null ? null : PlantedDefect.this.rows(rows);
            }

            @Override
            public int maxConcurrentJobs(String endpoint) {
                return sound.maxConcurrentJobs(endpoint);
            }
        };
    }

    PipelineSettings settings(PipelineSettings sound) {
        return sound;
    }

    RunParts rows(String node, InterceptionPoints interceptionPoints) {
        DatabaseFixture databaseFixture = DatabaseFixture.shared();
        return databaseFixture.node(node, interceptionPoints.around(databaseFixture.transactions()));
    }

    private static RunParts rewritten(
            String node, InterceptionPoints interceptionPoints, Map<String, String> statements) {
        DatabaseFixture broken = DatabaseFixture.shared().through(new RewrittenStatements(statements)::over);
        return broken.node(node, interceptionPoints.around(broken.transactions()));
    }
}
