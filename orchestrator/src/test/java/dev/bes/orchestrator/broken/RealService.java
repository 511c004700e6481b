package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remote services of each class as they are; a subclass does one thing otherwise. */
public final class RealService {

    private RealService() {}

    /** Jobs that are submitted, and started when their ids are known. */
    public static class TwoStep implements TwoStepJobs {
        private final TwoStepJobs real;

        /** @param real how they are */
        public TwoStep(TwoStepJobs real) {
            this.real = real;
        }

        @Override
        public String submit(JobRequest request) {
            return real.submit(request);
        }

        @Override
        public void start(String jobId) {
            real.start(jobId);
        }

        @Override
        public void probe() {
            real.probe();
        }

        @Override
        public JobStatus status(String jobId) {
            return real.status(jobId);
        }

        @Override
        public void cancel(String jobId) {
            real.cancel(jobId);
        }
    }

    /** Jobs under names of ours. */
    public static class Named implements NamedJobs {
        private final NamedJobs real;

        /** @param real how they are */
        public Named(NamedJobs real) {
            this.real = real;
        }

        @Override
        public void create(String name, JobRequest request) {
            real.create(name, request);
        }

        @Override
        public JobStatus status(String jobId) {
            return real.status(jobId);
        }

        @Override
        public void cancel(String jobId) {
            real.cancel(jobId);
        }
    }

    /** Jobs whose id only the answer tells. */
    public static class Unnamed implements UnnamedJobs {
        private final UnnamedJobs real;

        /** @param real how they are */
        public Unnamed(UnnamedJobs real) {
            this.real = real;
        }

        @Override
        public String invoke(UUID nonce, JobRequest request) {
            return real.invoke(nonce, request);
        }

        @Override
        public List<Found> search(Collection<UUID> nonces) {
            return real.search(nonces);
        }

        @Override
        public JobStatus status(String jobId) {
            return real.status(jobId);
        }

        @Override
        public void cancel(String jobId) {
            real.cancel(jobId);
        }
    }

    /**
     * Rows in batches.
     *
     * @param scoring makes the answer to a batch, by the real way to score
     */
    public record Rows(
            RowService real, BiFunction<Function<Table, Map<String, Table>>, Table, Map<String, Table>> scoring)
            implements RowService {
        @Override
        public Limits limits() {
            return real.limits();
        }

        @Override
        public RowScorer prepare(Columns columns) {
            RowScorer scorer = real.prepare(columns);
            return new RowScorer() {
                @Override
                public void check(Table batch) throws InvalidCellException {
                    scorer.check(batch);
                }

                @Override
                public Map<String, Table> score(Table batch) {
                    return scoring.apply(scorer::score, batch);
                }
            };
        }
    }

    /** Every endpoint has these jobs: each run has an endpoint of its own in the rows. */
    static Endpoints everywhere(RemoteJobs jobs) {
        return new Everywhere(jobs, null);
    }

    /** Every endpoint scores rows. */
    static Endpoints everywhere(RowService rows) {
        return new Everywhere(null, rows);
    }

    private record Everywhere(
            @Nullable RemoteJobs its, @Nullable RowService scores) implements Endpoints {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public RemoteJobs jobs(String endpoint) {
            if (its == null) {
                throw new IllegalStateException("It scores rows");
            }
            return its;
        }

        @Override
        public @Nullable RowService rows(String endpoint) {
            return scores;
        }

        @Override
        public int maxConcurrentJobs(String endpoint) {
            return Integer.MAX_VALUE;
        }
    }
}
