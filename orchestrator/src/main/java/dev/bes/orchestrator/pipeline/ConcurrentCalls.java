package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Makes remote calls in parallel on virtual threads, at most {@code max-concurrent-calls} for one endpoint. Each part that
 * makes calls has an instance of its own, so that slow uploads do not delay polls. Each endpoint has threads of its own, so
 * that an endpoint without answers delays no other endpoint.
 */
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class ConcurrentCalls {
    private final Map<String, SimpleAsyncTaskExecutor> executors = new ConcurrentHashMap<>();
    private final int maxConcurrentCalls;

    public ConcurrentCalls(PipelineSettings settings) {
        this.maxConcurrentCalls = settings.maxConcurrentCalls();
    }

    /** The executor for calls to an endpoint. */
    public SimpleAsyncTaskExecutor executor(String endpoint) {
        return executors.computeIfAbsent(endpoint, this::open);
    }

    private SimpleAsyncTaskExecutor open(String endpoint) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("call-" + endpoint + "-");
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(maxConcurrentCalls);
        return executor;
    }

    /** Calls a function for all claims and returns the results in their order; throws the first exception. */
    public <R> List<R> map(List<Claim> claims, Function<Claim, R> call) {
        List<Future<R>> futures = claims.stream()
                .map(claim -> executor(claim.endpoint()).submit(() -> call.apply(claim)))
                .toList();
        return futures.stream().map(ConcurrentCalls::result).toList();
    }

    /** Calls a function for all items, on the threads of an endpoint; otherwise as above. */
    public <T, R> List<R> map(String endpoint, List<T> items, Function<T, R> call) {
        List<Future<R>> futures = items.stream()
                .map(item -> executor(endpoint).submit(() -> call.apply(item)))
                .toList();
        return futures.stream().map(ConcurrentCalls::result).toList();
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while remote calls were in progress", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case Error error -> throw error;
                case null, default -> new IllegalStateException(e.getCause());
            };
        }
    }
}
