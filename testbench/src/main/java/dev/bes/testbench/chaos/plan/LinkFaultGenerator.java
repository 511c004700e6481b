package dev.bes.testbench.chaos.plan;

import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.chaos.environment.Link;
import dev.bes.testbench.chaos.fault.LinkFault;
import dev.bes.testbench.chaos.fault.LinkFault.CallType;
import dev.bes.testbench.proxy.CallFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Generates faults of the links between nodes and remote systems. */
final class LinkFaultGenerator {

    private static final int EVERY = 1_000_000;
    private static final int MOST_BYTES = 300;
    private static final Duration LEAST_DELAY = Duration.ofMillis(20);
    private static final Duration MOST_DELAY = Duration.ofMillis(1500);
    private static final Duration LEAST_DRIP = Duration.ofMillis(5);
    private static final Duration MOST_DRIP = Duration.ofMillis(100);
    private static final List<Integer> ERRORS = List.of(500, 502, 503, 504);

    private enum Kind {
        DELAY,
        STALL,
        DRIP,
        RESET_BEFORE,
        RESET_AFTER,
        TRUNCATE,
        BLACK_HOLE,
        DUPLICATE,
        ERROR_BEFORE,
        ERROR_AFTER,
        THROTTLED
    }

    private static final List<Kind> ANYWHERE = List.of(
            Kind.DELAY, Kind.STALL, Kind.DRIP, Kind.RESET_BEFORE, Kind.RESET_AFTER, Kind.TRUNCATE, Kind.BLACK_HOLE);

    private final SeededRandom random;
    private final int nodes;
    private final List<Link> links;

    /** @param links the links of a node, as often as they are drawn */
    LinkFaultGenerator(SeededRandom random, int nodes, List<Link> links) {
        this.random = random;
        this.nodes = nodes;
        this.links = links;
    }

    LinkFault next() {
        Link link = random.pick(links);
        Kind kind = random.pick(link == Link.DATABASE ? ANYWHERE : List.of(Kind.values()));
        int calls = random.percent(50) ? random.between(1, 10) : EVERY;
        return new LinkFault(random.below(nodes), link, fault(kind), callType(link), calls);
    }

    private CallType callType(Link link) {
        return random.pick(
                switch (link) {
                    case API -> List.of(CallType.EVERY_CALL, CallType.SUBMITS, CallType.STARTS, CallType.POLLS);
                    case RESOURCE_MANAGER, SCORING_URI ->
                        List.of(CallType.EVERY_CALL, CallType.SUBMITS, CallType.SUBMITS, CallType.POLLS);
                    case MODEL_SERVER -> List.of(CallType.EVERY_CALL, CallType.SUBMITS);
                    case TOKENS, JOB_LIST -> List.of(CallType.EVERY_CALL);
                    case BLOBS -> List.of(CallType.EVERY_CALL, CallType.UPLOADS);
                    case DATABASE -> List.of(CallType.EVERY_CALL, CallType.COMMITS);
                });
    }

    private CallFault fault(Kind kind) {
        return switch (kind) {
            case DELAY -> new CallFault.Delay(random.between(LEAST_DELAY, MOST_DELAY));
            case STALL -> new CallFault.Stall(random.below(MOST_BYTES));
            case DRIP -> new CallFault.Drip(random.between(LEAST_DRIP, MOST_DRIP));
            case RESET_BEFORE -> new CallFault.ResetBeforeForwarding();
            case RESET_AFTER -> new CallFault.ResetAfterForwarding();
            case TRUNCATE -> new CallFault.Truncate(random.below(MOST_BYTES));
            case BLACK_HOLE -> new CallFault.BlackHole();
            case DUPLICATE -> new CallFault.Duplicate();
            case ERROR_BEFORE -> new CallFault.AnswerWithoutForwarding(error());
            case ERROR_AFTER -> new CallFault.AnswerAfterForwarding(error());
            case THROTTLED ->
                new CallFault.AnswerWithoutForwarding(
                        Reply.json(429, "{\"statusCode\": 429, \"message\": \"Rate limit is exceeded.\"}")
                                .with("Retry-After", Integer.toString(random.between(1, 3))));
        };
    }

    private Reply error() {
        return new Reply(random.pick(ERRORS), Map.of("Content-Type", "text/html"), "<html><body>Oops</body></html>");
    }
}
