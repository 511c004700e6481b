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
 * Makes remote calls side by side on virtual threads, never more for one endpoint than the settings allow. Every part that
 * makes calls has one of its own, so that slow uploads do not hold up polls; and calls to an endpoint that does not answer
 * hold up no other endpoint.
 */
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class ConcurrentCalls {
    private final Map<String, SimpleAsyncTaskExecutor> executors = new ConcurrentHashMap<>();
    private final int atOnce;

    public ConcurrentCalls(PipelineSettings settings) {
        this.atOnce = settings.callsAtOnce();
    }

    /** What makes the calls to an endpoint, for Spring Batch. */
    public SimpleAsyncTaskExecutor executor(String endpoint) {
        return executors.computeIfAbsent(endpoint, this::open);
    }

    private SimpleAsyncTaskExecutor open(String endpoint) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("call-" + endpoint + "-");
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(atOnce);
        return executor;
    }

    /** The results of a function over all claims, in their order; the first exception ends the whole. */
    public <R> List<R> each(List<Claim> claims, Function<Claim, R> call) {
        List<Future<R>> futures = claims.stream()
                .map(claim -> executor(claim.endpoint()).submit(() -> call.apply(claim)))
                .toList();
        return futures.stream().map(ConcurrentCalls::result).toList();
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Told to end while remote calls were under way", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case Error error -> throw error;
                case null, default -> new IllegalStateException(e.getCause());
            };
        }
    }
}
