package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Deed.Ask;
import dev.bes.testbench.chaos.Deed.Cancel;
import dev.bes.testbench.chaos.Deed.Drop;
import dev.bes.testbench.chaos.Deed.Manner;
import dev.bes.testbench.chaos.Dice.Weighed;
import dev.bes.testbench.chaos.Plan.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Thinks out what callers and producers do. */
final class Deeds {

    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(5);
    private static final Duration MOST_PATIENCE = Duration.ofMillis(400);
    private static final int MOST_FILES = 8;
    private static final int MOST_ROWS = 40;
    private static final int LIVE = 50;

    private static final List<Weighed<Manner>> MANNERS = List.of(
            new Weighed<>(4, Manner.PATIENT),
            new Weighed<>(2, Manner.IN_PARALLEL),
            new Weighed<>(2, Manner.AGAIN),
            new Weighed<>(2, Manner.HANGS_UP),
            new Weighed<>(1, Manner.GIVES_UP));

    private enum Kind {
        ASK,
        DROP,
        CANCEL
    }

    private static final List<Weighed<Kind>> KINDS =
            List.of(new Weighed<>(6, Kind.ASK), new Weighed<>(3, Kind.DROP), new Weighed<>(1, Kind.CANCEL));

    private final Dice dice;
    private final int nodes;
    private int asked;
    private int dropped;

    Deeds(Dice dice, int nodes) {
        this.dice = dice;
        this.nodes = nodes;
    }

    List<Timed<Deed>> during(Duration length) {
        List<Timed<Deed>> deeds = new ArrayList<>();
        for (Duration at = gap(); at.compareTo(length) < 0; at = at.plus(gap())) {
            deeds.add(new Timed<>(at, deed()));
        }
        return deeds;
    }

    private Duration gap() {
        return dice.between(Duration.ZERO, LONGEST_GAP);
    }

    private Deed deed() {
        return switch (dice.weighed(KINDS)) {
            case ASK -> ask();
            case DROP -> drop();
            case CANCEL -> new Cancel(dice.below(LIVE), dice.below(nodes));
        };
    }

    private Ask ask() {
        asked++;
        int start = dice.below(nodes);
        return new Ask(
                asked,
                rows(),
                dice.weighed(MANNERS),
                dice.between(LEAST_PATIENCE, MOST_PATIENCE),
                IntStream.range(0, nodes).mapToObj(n -> (start + n) % nodes).toList());
    }

    private Drop drop() {
        int files = dice.between(1, MOST_FILES);
        Drop drop = new Drop(dropped + 1, files, rows());
        dropped += files;
        return drop;
    }

    private int rows() {
        return dice.between(1, MOST_ROWS);
    }
}
