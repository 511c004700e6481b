package dev.bes.testbench.chaos.plan;

import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.load.Action;
import dev.bes.testbench.chaos.load.Action.Backfill;
import dev.bes.testbench.chaos.load.Action.CancelRun;
import dev.bes.testbench.chaos.load.Action.ClientBehaviour;
import dev.bes.testbench.chaos.load.Action.DropDuplicates;
import dev.bes.testbench.chaos.load.Action.DropFiles;
import dev.bes.testbench.chaos.load.Action.PutBlobs;
import dev.bes.testbench.chaos.load.Action.RequestBySql;
import dev.bes.testbench.chaos.load.Action.RequestRun;
import dev.bes.testbench.chaos.load.ChaosDefinition;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedAction;
import dev.bes.testbench.chaos.plan.SeededRandom.Weighted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Generates the actions of the clients. */
final class ActionGenerator {
    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(400);
    private static final int MOST_FILES = 8;
    private static final int MOST_ROWS = 40;
    private static final int LIVE_RUNS = 50;
    private static final int FIRST_YEAR = 1990;
    private static final int MOST_YEARS = 4;
    private static final List<Weighted<ClientBehaviour>> BEHAVIOURS = List.of(
            new Weighted<>(4, ClientBehaviour.RETRIES),
            new Weighted<>(2, ClientBehaviour.IN_PARALLEL),
            new Weighted<>(2, ClientBehaviour.SENDS_TWICE),
            new Weighted<>(2, ClientBehaviour.DISCONNECTS_THEN_RETRIES),
            new Weighted<>(1, ClientBehaviour.DISCONNECTS));
    private static final List<Weighted<String>> DROP_FOLDERS = List.of(
            new Weighted<>(3, ChaosDefinition.NAME),
            new Weighted<>(2, ChaosDefinition.GROUPS),
            new Weighted<>(1, ChaosDefinition.STAYING));
    private static final int WEIGHT_OF_FOLDED = 3;

    private enum Kind {
        REQUEST,
        REQUEST_BY_SQL,
        DROP,
        DROP_DUPLICATES,
        PUT_BLOBS,
        BACKFILL,
        CANCEL
    }

    private static final List<Weighted<Kind>> KINDS = List.of(
            new Weighted<>(10, Kind.REQUEST),
            new Weighted<>(3, Kind.REQUEST_BY_SQL),
            new Weighted<>(6, Kind.DROP),
            new Weighted<>(2, Kind.DROP_DUPLICATES),
            new Weighted<>(2, Kind.PUT_BLOBS),
            new Weighted<>(1, Kind.BACKFILL),
            new Weighted<>(2, Kind.CANCEL));
    private final SeededRandom random;
    private final int nodes;
    private final List<Weighted<String>> dropFolders;
    private int requested;
    private int requestedBySql;
    private int year = FIRST_YEAR;
    private int dropped;

    ActionGenerator(SeededRandom random, int nodes, ChaosKind kind) {
        this.random = random;
        this.nodes = nodes;
        this.dropFolders = Stream.concat(
                        DROP_FOLDERS.stream(),
                        ChaosDefinition.folded(kind).stream().map(name -> new Weighted<>(WEIGHT_OF_FOLDED, name)))
                .toList();
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
            case REQUEST_BY_SQL -> new RequestBySql(++requestedBySql, random.below(4) > 0);
            case DROP -> drop();
            case DROP_DUPLICATES -> dropDuplicates();
            case PUT_BLOBS -> putBlobs();
            case BACKFILL -> backfill();
            case CANCEL -> new CancelRun(random.below(LIVE_RUNS), random.below(nodes));
        };
    }

    private Backfill backfill() {
        int years = random.between(1, MOST_YEARS);
        Backfill backfill = new Backfill(year, years, nodes());
        year += years;
        return backfill;
    }

    private List<Integer> nodes() {
        int start = random.below(nodes);
        return IntStream.range(0, nodes).mapToObj(n -> (start + n) % nodes).toList();
    }

    private RequestRun request() {
        requested++;
        return new RequestRun(
                requested,
                rows(),
                random.weighted(BEHAVIOURS),
                random.between(SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                nodes());
    }

    private DropFiles drop() {
        int files = random.between(1, MOST_FILES);
        String definition = random.weighted(dropFolders);
        DropFiles drop = new DropFiles(definition, dropped + 1, files, rows());
        dropped += files;
        return drop;
    }

    private DropDuplicates dropDuplicates() {
        int files = random.between(2, MOST_FILES);
        DropDuplicates drop = new DropDuplicates(dropped + 1, files, random.between(1, 3), rows());
        dropped += files;
        return drop;
    }

    private PutBlobs putBlobs() {
        int blobs = random.between(1, MOST_FILES);
        PutBlobs put = new PutBlobs(dropped + 1, blobs, rows());
        dropped += blobs;
        return put;
    }

    private int rows() {
        return random.between(1, MOST_ROWS);
    }
}
