package dev.bes.benchmarks.workload;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How files are requested. */
public enum RequestPattern {
    /** All at once. */
    ALL_AT_ONCE {
        @Override
        public Path request(Candidate candidate, Workload work) {
            return candidate.requestAll(work.folder());
        }
    },
    /** Each by its own request, 16 requests at a time. */
    ONE_BY_ONE {
        @Override
        public Path request(Candidate candidate, Workload work) {
            try (ExecutorService callers = Executors.newFixedThreadPool(
                    CALLERS, Thread.ofVirtual().name("caller-", 0).factory())) {
                List<Callable<String>> requests = new ArrayList<>();
                work.files().forEach(file -> requests.add(() -> candidate.request(file)));
                for (Future<String> request : callers.invokeAll(requests)) {
                    request.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkFailure("Interrupted", e);
            } catch (ExecutionException e) {
                throw new BenchmarkFailure("A request was not accepted: " + e.getCause(), e);
            }
            return candidate.deliveredForSingleFiles();
        }
    };

    static final int CALLERS = 16;

    /** Requests all files; returns the folder of the outputs when all requests are accepted. */
    public abstract Path request(Candidate candidate, Workload work);
}
