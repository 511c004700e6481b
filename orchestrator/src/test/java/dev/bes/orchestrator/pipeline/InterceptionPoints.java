package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** The moments just before and just after everything that a node tells others; at one of them something happens. */
public class InterceptionPoints {
    /** The moments that have passed, by name. */
    final List<String> passed = new ArrayList<>();

    private final int which;
    private final Runnable event;

    public InterceptionPoints(int which, Runnable event) {
        this.which = which;
        this.event = event;
    }

    /** Nothing happens. */
    static InterceptionPoints quiet() {
        return new InterceptionPoints(-1, () -> {});
    }

    private synchronized boolean isNow(String moment) {
        passed.add(moment);
        return passed.size() - 1 == which;
    }

    public void pass(String moment) {
        if (isNow(moment)) {
            event.run();
        }
    }

    private <T> T around(String what, Supplier<T> call) {
        pass("before " + what);
        T result = call.get();
        pass("after " + what);
        return result;
    }

    public Endpoints around(Endpoints endpoints) {
        return new Endpoints() {
            @Override
            public Set<String> names() {
                return endpoints.names();
            }

            @Override
            public RemoteJobs jobs(String endpoint) {
                // every run has an endpoint of its own in the rows, and they are all this one
                return around(endpoints.jobs("hashing"));
            }

            @Override
            public @Nullable OneCallService oneCall(String endpoint) {
                OneCallService service = endpoints.oneCall("hashing");
                return service == null
                        ? null
                        : (inputs, parameters) -> around("execute", () -> service.score(inputs, parameters));
            }

            @Override
            public @Nullable RowService rows(String endpoint) {
                RowService service = endpoints.rows("hashing");
                return service == null ? null : new Rows(service);
            }

            @Override
            public int maxConcurrentJobs(String endpoint) {
                return 40;
            }
        };
    }

    private final class Rows implements RowService {
        private final RowService service;

        Rows(RowService service) {
            this.service = service;
        }

        @Override
        public Limits limits() {
            return service.limits();
        }

        @Override
        public RowScorer prepare(Columns columns) {
            RowScorer scorer = around("describe", () -> service.prepare(columns));
            return new RowScorer() {
                @Override
                public void check(Table batch) throws InvalidCellException {
                    scorer.check(batch);
                }

                @Override
                public Map<String, Table> score(Table batch) {
                    return around("infer", () -> scorer.score(batch));
                }
            };
        }
    }

    private RemoteJobs around(RemoteJobs jobs) {
        return switch (jobs) {
            case TwoStepJobs twoStep -> new TwoStep(twoStep);
            case NamedJobs named -> new Named(named);
            case UnnamedJobs unnamed -> new Unnamed(unnamed);
        };
    }

    private void run(String what, Runnable call) {
        around(what, () -> {
            call.run();
            return what;
        });
    }

    private final class TwoStep implements TwoStepJobs {
        private final TwoStepJobs jobs;

        TwoStep(TwoStepJobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public String submit(JobRequest request) {
            return around("submit", () -> jobs.submit(request));
        }

        @Override
        public void start(String jobId) {
            run("start", () -> jobs.start(jobId));
        }

        @Override
        public void probe() {
            run("status", jobs::probe);
        }

        @Override
        public JobStatus status(String jobId) {
            return around("status", () -> jobs.status(jobId));
        }

        @Override
        public void cancel(String jobId) {
            run("cancel", () -> jobs.cancel(jobId));
        }
    }

    private final class Named implements NamedJobs {
        private final NamedJobs jobs;

        Named(NamedJobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void create(String name, JobRequest request) {
            run("create", () -> jobs.create(name, request));
        }

        @Override
        public JobStatus status(String jobId) {
            return around("status", () -> jobs.status(jobId));
        }

        @Override
        public void cancel(String jobId) {
            run("cancel", () -> jobs.cancel(jobId));
        }
    }

    private final class Unnamed implements UnnamedJobs {
        private final UnnamedJobs jobs;

        Unnamed(UnnamedJobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public String invoke(UUID nonce, JobRequest request) {
            return around("invoke", () -> jobs.invoke(nonce, request));
        }

        @Override
        public List<Found> search(Collection<UUID> nonces) {
            return around("search", () -> jobs.search(nonces));
        }

        @Override
        public JobStatus status(String jobId) {
            return around("status", () -> jobs.status(jobId));
        }

        @Override
        public void cancel(String jobId) {
            run("cancel", () -> jobs.cancel(jobId));
        }
    }

    public Blobs around(Blobs blobs) {
        return new Blobs() {
            @Override
            public Upload upload(String path) {
                return around(blobs.upload(path));
            }

            @Override
            public void put(String path, byte[] content) {
                around("put", () -> {
                    blobs.put(path, content);
                    return path;
                });
            }

            @Override
            public long fetch(String path, Opening target) {
                return around("fetch", () -> blobs.fetch(path, target));
            }

            @Override
            public byte[] read(String path, long from, int length) {
                return blobs.read(path, from, length);
            }

            @Override
            public void delete(String path) {
                blobs.delete(path);
            }
        };
    }

    private Blobs.Upload around(Blobs.Upload upload) {
        return new Blobs.Upload() {
            @Override
            public byte[] add(byte[] block) {
                return upload.add(block);
            }

            @Override
            public String commit(String sha256) {
                return around("stage", () -> upload.commit(sha256));
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    public PlatformTransactionManager around(PlatformTransactionManager transactions) {
        return new PlatformTransactionManager() {
            @Override
            public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
                return transactions.getTransaction(definition);
            }

            @Override
            public void commit(TransactionStatus status) {
                try {
                    pass("before commit");
                } catch (Crash | DataAccessException e) {
                    transactions.rollback(status);
                    throw e;
                }
                transactions.commit(status);
                pass("after commit");
            }

            @Override
            public void rollback(TransactionStatus status) {
                transactions.rollback(status);
            }
        };
    }

    /** The end of a node, as far as a test in the same process can tell. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
