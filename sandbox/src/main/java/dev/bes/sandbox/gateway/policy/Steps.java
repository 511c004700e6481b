package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.Policy;
import java.time.Duration;
import java.util.Optional;

/** Makes the steps of policies. */
final class Steps {

    private final Handler backend;
    private final double periodScale;
    private final Counters counters = new Counters();

    Steps(Handler backend, double periodScale) {
        this.backend = backend;
        this.periodScale = periodScale;
    }

    void keepCounters(CounterFile file) {
        counters.keepIn(file);
    }

    /**
     * The step of a policy.
     *
     * @param section the section that it is in
     * @param id the policy's scope and position: policies with one id have one count
     */
    Step of(Policy policy, String section, String id) {
        return switch (policy) {
            case Policy.Base _ -> throw new IllegalArgumentException("base has no step");
            case Policy.RateLimit limit -> new RateLimitStep(limit, id, counters, this::scaled);
            case Policy.RateLimitByKey limit -> new KeyLimitStep(limit, counters, this::scaled);
            case Policy.Quota quota -> new QuotaStep(quota, id, counters, this::scaled);
            case Policy.IpFilter filter -> new IpFilterStep(filter);
            case Policy.SetBackendService to ->
                call -> {
                    call.backend(to.baseUrl());
                    return Optional.empty();
                };
            case Policy.SetHeader set ->
                section.equals("inbound") || section.equals("backend")
                        ? call -> HeaderChange.ofRequest(set, call)
                        : call -> HeaderChange.ofReply(set, call);
            case Policy.ForwardRequest _ -> this::forward;
        };
    }

    /**
     * Calls the sandbox's own services in this process, whatever host the address names: its path alone counts. No
     * connection is opened.
     */
    private Optional<Refusal> forward(GatewayCall call) {
        if (call.backend().isEmpty()) {
            return Optional.of(Refusals.noBackend());
        }
        String base = call.backend().get().getRawPath();
        Request request = call.request();
        long began = System.nanoTime();
        Reply reply = backend.handle(base.isEmpty() ? request : request.above(base));
        call.backendNanos(System.nanoTime() - began);
        call.reply(reply);
        return Optional.empty();
    }

    private Duration scaled(Duration period) {
        return Duration.ofNanos((long) (period.toNanos() * periodScale));
    }
}
