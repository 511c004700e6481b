package dev.bes.benchmarks.stub;

import dev.bes.sandbox.gateway.Gateway;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** The service behind the sandbox's gateway, with what that let through in each period of its quota. */
final class ManagedApi implements Handler {

    static final String SUFFIX = "azureml-demo";
    static final String SERVICE = "/workspaces/w/services/s";

    private final Gateway gateway;
    private final InstantSource clock;
    private final Duration day;
    private final Instant since;
    private final LongAdder refused = new LongAdder();
    private final ConcurrentSkipListMap<Long, LongAdder> passed = new ConcurrentSkipListMap<>();

    ManagedApi(Handler service, StubLimits limits, InstantSource clock) {
        this.gateway = new Gateway(
                limits.definition(),
                request -> service.handle(request.below(SERVICE)),
                Subscriptions.of(List.of(limits.subscription()), clock),
                limits.scale(),
                clock,
                call -> {});
        this.clock = clock;
        this.day = limits.day();
        this.since = clock.instant();
    }

    @Override
    public Reply handle(Request request) {
        Reply reply = gateway.handle(request);
        if (reply.status() == 429 || reply.status() == 403) {
            refused.increment();
        } else {
            long period = Duration.between(since, clock.instant()).dividedBy(day);
            passed.computeIfAbsent(period, none -> new LongAdder()).increment();
        }
        return reply;
    }

    GatewayCounts passed() {
        return new GatewayCounts(
                refused.sum(), passed.values().stream().map(LongAdder::sum).toList());
    }
}
