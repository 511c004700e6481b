package dev.bes.testbench.chaos.plan;

import dev.bes.testbench.chaos.load.Action;
import dev.bes.testbench.chaos.load.Action.CancelRun;
import dev.bes.testbench.chaos.load.Action.ClientBehaviour;
import dev.bes.testbench.chaos.load.Action.DropFiles;
import dev.bes.testbench.chaos.load.Action.RequestRun;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedAction;
import dev.bes.testbench.chaos.plan.SeededRandom.Weighted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Generates the actions of the clients. */
final class ActionGenerator {

    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(400);
    private static final int MOST_FILES = 8;
    private static final int MOST_ROWS = 40;
    private static final int LIVE_RUNS = 50;

    private static final List<Weighted<ClientBehaviour>> BEHAVIOURS = List.of(
            new Weighted<>(4, ClientBehaviour.RETRIES),
            new Weighted<>(2, ClientBehaviour.IN_PARALLEL),
            new Weighted<>(2, ClientBehaviour.SENDS_TWICE),
            new Weighted<>(2, ClientBehaviour.DISCONNECTS_THEN_RETRIES),
            new Weighted<>(1, ClientBehaviour.DISCONNECTS));

    private enum Kind {
        REQUEST,
        DROP,
        CANCEL
    }

    private static final List<Weighted<Kind>> KINDS =
            List.of(new Weighted<>(6, Kind.REQUEST), new Weighted<>(3, Kind.DROP), new Weighted<>(1, Kind.CANCEL));

    private final SeededRandom random;
    private final int nodes;
    private int requested;
    private int dropped;

    ActionGenerator(SeededRandom random, int nodes) {
        this.random = random;
        this.nodes = nodes;
    }

    List<PlannedAction> during(Duration length) {
        List<PlannedAction> actions = new ArrayList<>();
        for (Duration at = gap(); at.compareTo(length) < 0; at = at.plus(gap())) {
            actions.add(new PlannedAction(at, action()));
        }
        return actions;
    }

    private Duration gap() {
        return random.between(Duration.ZERO, LONGEST_GAP);
    }

    private Action action() {
        return switch (random.weighted(KINDS)) {
            case REQUEST -> request();
            case DROP -> drop();
            case CANCEL -> new CancelRun(random.below(LIVE_RUNS), random.below(nodes));
        };
    }

    private RequestRun request() {
        requested++;
        int start = random.below(nodes);
        return new RequestRun(
                requested,
                rows(),
                random.weighted(BEHAVIOURS),
                random.between(SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                IntStream.range(0, nodes).mapToObj(n -> (start + n) % nodes).toList());
    }

    private DropFiles drop() {
        int files = random.between(1, MOST_FILES);
        DropFiles drop = new DropFiles(dropped + 1, files, rows());
        dropped += files;
        return drop;
    }

    private int rows() {
        return random.between(1, MOST_ROWS);
    }
}
