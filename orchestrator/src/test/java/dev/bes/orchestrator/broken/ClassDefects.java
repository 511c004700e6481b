package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.UnnamedJobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The defects that the promises of the other classes would not survive. */
final class ClassDefects {

    private ClassDefects() {}

    static final Defect NO_SEARCH = new Defect("no job is searched after an unclear answer") {
        @Override
        UnnamedJobs unnamed(UnnamedJobs real) {
            return new RealService.Unnamed(real) {
                @Override
                public List<Found> search(Collection<UUID> nonces) {
                    return List.of();
                }
            };
        }
    };

    static final Defect ADOPTS_THE_NEWEST = new Defect("the newest job of a call is adopted") {
        @Override
        UnnamedJobs unnamed(UnnamedJobs real) {
            return new RealService.Unnamed(real) {
                @Override
                public List<Found> search(Collection<UUID> nonces) {
                    return super.search(nonces).reversed();
                }
            };
        }
    };

    static final Defect SECOND_NAME = new Defect("a job gets another name after a lost answer") {
        @Override
        NamedJobs named(NamedJobs real) {
            return new RealService.Named(real) {
                private final Map<String, String> names = new HashMap<>();

                @Override
                public void create(String name, JobRequest request) {
                    try {
                        super.create(names.getOrDefault(name, name), request);
                    } catch (RemoteException.Unavailable e) {
                        names.put(name, UUID.randomUUID().toString());
                        throw e;
                    }
                }

                @Override
                public JobStatus status(String jobId) {
                    return super.status(names.getOrDefault(jobId, jobId));
                }
            };
        }
    };

    static final Defect ROW_TWICE = new Defect("a row is scored twice, and the next one not at all") {
        @Override
        RowService rows(RowService real) {
            return new RealService.Rows(real, (score, batch) -> {
                List<List<@Nullable String>> rows = new ArrayList<>(batch.rows());
                rows.set(1, rows.getFirst());
                return score.apply(new Table(batch.columns(), rows));
            });
        }
    };

    static final Defect ANSWER_OF_ANOTHER_BATCH = new Defect("the answer to another batch is taken") {
        @Override
        RowService rows(RowService real) {
            Map<Integer, Map<String, Table>> first = new HashMap<>();
            return new RealService.Rows(real, (score, batch) -> {
                Map<String, Table> answer = score.apply(batch);
                synchronized (first) {
                    return first.computeIfAbsent(batch.rows().size(), size -> answer);
                }
            });
        }
    };

    static final Defect SENDS_A_BATCH_TWICE = new Defect("each batch is sent twice") {
        @Override
        RowService rows(RowService real) {
            return new RealService.Rows(real, (score, batch) -> {
                Map<String, Table> first = score.apply(batch);
                return first.isEmpty() ? first : score.apply(batch);
            });
        }
    };

    static final Defect ROWS_OF_ANOTHER_FILE = new Defect("a file gets the rows of another one that shares its job") {
        @Override
        Map<String, String> statements() {
            return Map.of(
                    "part = coalesce(m.part, a.part)",
                    "part = coalesce((SELECT o.part FROM moved o WHERE o.id <> m.id AND o.part IS NOT NULL LIMIT 1), a.part)");
        }
    };

    static final Defect GIVES_UP_A_JOB_AT_WORK = new Defect("a shared job is taken for failed, and is at work") {
        @Override
        NamedJobs named(NamedJobs real) {
            return new RealService.Named(real) {
                private boolean presumed;

                @Override
                public JobStatus status(String jobId) {
                    if (presumed) {
                        return super.status(jobId);
                    }
                    presumed = true;
                    return new JobStatus(JobStatus.State.FAILED, "Failed", null);
                }
            };
        }
    };

    static final Defect CARRIER_OF_ANOTHER =
            new Defect("a shared job belongs to another definition than its scorings") {
                @Override
                Map<String, String> statements() {
                    return Map.of(
                            "SELECT r.definition, 'fold:'", "SELECT r.definition || '-other' AS definition, 'fold:'");
                }
            };

    static final Defect NOT_COMPARED = new Defect("an accepted output is not compared") {
        @Override
        Map<String, String> statements() {
            return Map.of("cause text) ON CONFLICT (scoring_id) DO NOTHING", "cause text) WHERE false");
        }
    };

    static final Defect NO_VERDICT = new Defect("the end of a shadow gives no verdict") {
        @Override
        Map<String, String> statements() {
            return Map.of("WHERE c.shadow_run = m.run AND c.verdict IS NULL", "WHERE false");
        }
    };
}
