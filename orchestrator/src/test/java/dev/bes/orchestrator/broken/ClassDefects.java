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

    /** A way in which the service could have been built wrong; none, unless a subclass says which. */
    static class ClassDefect {
        private final String words;

        ClassDefect(String words) {
            this.words = words;
        }

        NamedJobs named(NamedJobs real) {
            return real;
        }

        UnnamedJobs unnamed(UnnamedJobs real) {
            return real;
        }

        RowService rows(RowService real) {
            return real;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static final ClassDefect NONE = new ClassDefect("nothing");

    static final ClassDefect NO_SEARCH = new ClassDefect("no job is searched after an unclear answer") {
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

    static final ClassDefect ADOPTS_THE_NEWEST = new ClassDefect("the newest job of a call is adopted") {
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

    static final ClassDefect SECOND_NAME = new ClassDefect("a job gets another name after a lost answer") {
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

    static final ClassDefect ROW_TWICE = new ClassDefect("a row is scored twice, and the next one not at all") {
        @Override
        RowService rows(RowService real) {
            return new RealService.Rows(real, (score, batch) -> {
                List<List<@Nullable String>> rows = new ArrayList<>(batch.rows());
                rows.set(1, rows.getFirst());
                return score.apply(new Table(batch.columns(), rows));
            });
        }
    };

    static final ClassDefect ANSWER_OF_ANOTHER_BATCH = new ClassDefect("the answer to another batch is taken") {
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

    static final ClassDefect SENDS_A_BATCH_TWICE = new ClassDefect("each batch is sent twice") {
        @Override
        RowService rows(RowService real) {
            return new RealService.Rows(real, (score, batch) -> {
                Map<String, Table> first = score.apply(batch);
                return first.isEmpty() ? first : score.apply(batch);
            });
        }
    };
}
