package dev.bes.orchestrator.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Makes remote calls side by side on virtual threads, never more than the settings allow. Every part that makes calls has
 * one of its own, so that slow uploads do not hold up polls.
 */
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class Calls {
    private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("call-");

    Calls(PipelineSettings settings) {
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(settings.callsAtOnce());
    }

    /** The executor itself, for Spring Batch. */
    SimpleAsyncTaskExecutor executor() {
        return executor;
    }

    /** The results of a function over all items, in their order; the first exception ends the whole. */
    <T, R> List<R> each(List<T> items, Function<T, R> call) {
        List<Future<R>> futures = items.stream()
                .map(item -> executor.submit(() -> call.apply(item)))
                .toList();
        return futures.stream().map(Calls::result).toList();
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
