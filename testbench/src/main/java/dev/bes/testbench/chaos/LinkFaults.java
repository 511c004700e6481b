package dev.bes.testbench.chaos;

import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.chaos.LinkSpoiled.Aim;
import dev.bes.testbench.proxy.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Thinks out how the links of the nodes are spoiled. */
final class LinkFaults {

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

    private final Dice dice;
    private final int nodes;

    LinkFaults(Dice dice, int nodes) {
        this.dice = dice;
        this.nodes = nodes;
    }

    LinkSpoiled next() {
        Link link = dice.pick(List.of(Link.values()));
        Kind kind = dice.pick(link == Link.DATABASE ? ANYWHERE : List.of(Kind.values()));
        int calls = dice.percent(50) ? dice.between(1, 10) : EVERY;
        return new LinkSpoiled(dice.below(nodes), link, fault(kind), aim(link), calls);
    }

    private Aim aim(Link link) {
        return dice.pick(
                switch (link) {
                    case API -> List.of(Aim.EVERY_CALL, Aim.SUBMITS, Aim.STARTS, Aim.POLLS);
                    case BLOBS -> List.of(Aim.EVERY_CALL, Aim.UPLOADS);
                    case DATABASE -> List.of(Aim.EVERY_CALL, Aim.COMMITS);
                });
    }

    private Fault fault(Kind kind) {
        return switch (kind) {
            case DELAY -> new Fault.Delay(dice.between(LEAST_DELAY, MOST_DELAY));
            case STALL -> new Fault.Stall(dice.below(MOST_BYTES));
            case DRIP -> new Fault.Drip(dice.between(LEAST_DRIP, MOST_DRIP));
            case RESET_BEFORE -> new Fault.ResetBeforeForwarding();
            case RESET_AFTER -> new Fault.ResetAfterForwarding();
            case TRUNCATE -> new Fault.Truncate(dice.below(MOST_BYTES));
            case BLACK_HOLE -> new Fault.BlackHole();
            case DUPLICATE -> new Fault.Duplicate();
            case ERROR_BEFORE -> new Fault.AnswerWithoutForwarding(error());
            case ERROR_AFTER -> new Fault.AnswerAfterForwarding(error());
            case THROTTLED ->
                new Fault.AnswerWithoutForwarding(
                        Reply.json(429, "{\"statusCode\": 429, \"message\": \"Rate limit is exceeded.\"}")
                                .with("Retry-After", Integer.toString(dice.between(1, 3))));
        };
    }

    private Reply error() {
        return new Reply(dice.pick(ERRORS), Map.of("Content-Type", "text/html"), "<html><body>Oops</body></html>");
    }
}
