package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.managedapi.Policy;
import java.time.Duration;
import java.time.InstantSource;
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

    void keepCounters(CounterFile file, InstantSource clock) {
        counters.keepIn(file, clock);
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
            case Policy.ForwardRequest forward -> new ForwardStep(forward, backend);
        };
    }

    private Duration scaled(Duration period) {
        return Duration.ofNanos((long) (period.toNanos() * periodScale));
    }
}
