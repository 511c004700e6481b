package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code forward-request}: calls the sandbox's own services in this process, whatever host the address names; its path
 * alone counts. No connection is opened.
 */
final class ForwardStep implements Step {

    private final Policy.ForwardRequest policy;
    private final Handler backend;

    ForwardStep(Policy.ForwardRequest policy, Handler backend) {
        this.policy = policy;
        this.backend = backend;
    }

    @Override
    public Optional<Refusal> run(GatewayCall call) {
        if (call.backend().isEmpty()) {
            return Optional.of(Refusals.noBackend());
        }
        String base = call.backend().get().getRawPath();
        Request request = base.isEmpty() ? call.request() : call.request().above(base);
        long began = System.nanoTime();
        Optional<Reply> reply = answer(request, policy.timeout());
        call.backendNanos(System.nanoTime() - began);
        reply.ifPresent(call::reply);
        return reply.isEmpty()
                ? Optional.of(Refusals.backendTimeout())
                : reply.filter(it -> policy.failOnErrorStatus() && it.status() >= 400)
                        .map(Refusals::backendError);
    }

    /** Nothing when the backend does not answer in time; it goes on with the call all the same, as one elsewhere would. */
    private Optional<Reply> answer(Request request, @Nullable Duration timeout) {
        if (timeout == null) {
            return Optional.of(backend.handle(request));
        }
        FutureTask<Reply> task = new FutureTask<>(() -> backend.handle(request));
        Thread.ofVirtual().name("backend").start(task);
        try {
            return Optional.of(task.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The backend failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the backend is called", e);
        }
    }
}
