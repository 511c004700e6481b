package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Dice.Weighed;
import dev.bes.testbench.chaos.Plan.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Thinks out what goes wrong: in phases, some calm, some with several things at a time, so that work gets done between. */
final class Mischiefs {

    private static final Duration LEAST_PHASE = Duration.ofSeconds(6);
    private static final Duration MOST_PHASE = Duration.ofSeconds(15);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(8);
    private static final Duration LEASE = Duration.ofSeconds(NodeSettings.LEASE_SECONDS);

    /** How many things are wrong at a time. */
    private static final List<Weighed<Integer>> AT_A_TIME =
            List.of(new Weighed<>(2, 0), new Weighed<>(4, 1), new Weighed<>(3, 2), new Weighed<>(2, 3));

    private final Dice dice;
    private final int nodes;
    private final LinkFaults links;
    private final List<Weighed<Supplier<Planned>>> kinds = List.of(
            new Weighed<>(5, () -> planned(LEAST, MOST, new NodeGone(node(), true))),
            new Weighed<>(3, () -> planned(LEAST, MOST, new NodeGone(node(), false))),
            new Weighed<>(3, () -> planned(LEASE.plusSeconds(1), LEASE.multipliedBy(2), new NodePaused(node()))),
            new Weighed<>(3, () -> planned(LEAST, MOST, new DatabaseGone(false))),
            new Weighed<>(2, () -> planned(LEAST, MOST, new DatabaseGone(true))),
            new Weighed<>(4, () -> planned(LEAST, LEAST, sessionsEnded())),
            new Weighed<>(2, () -> planned(LEAST, MOST, poolExhausted())),
            new Weighed<>(2, () -> planned(LEAST, MOST, new DiskFull(false))),
            new Weighed<>(1, () -> planned(LEAST, MOST, new DiskFull(true))),
            new Weighed<>(3, () -> planned(LEASE, LEASE.multipliedBy(2), clockStepped())),
            new Weighed<>(3, () -> planned(LEAST, MOST, new DatabaseReadOnly())),
            new Weighed<>(3, () -> planned(LEAST, MOST, new StoreRefuses(node()))),
            new Weighed<>(3, () -> planned(LEASE, LEASE.multipliedBy(3), folderSick(true))),
            new Weighed<>(3, () -> planned(LEASE, LEASE.multipliedBy(2), folderSick(false))),
            new Weighed<>(16, () -> planned(LEAST, MOST, links().next())));

    Mischiefs(Dice dice, int nodes) {
        this.dice = dice;
        this.nodes = nodes;
        this.links = new LinkFaults(dice, nodes);
    }

    List<Planned> during(Duration length) {
        List<Planned> all = new ArrayList<>();
        // a calm beginning: something must be under way to be disturbed
        Duration phase = LEAST;
        while (phase.compareTo(length) < 0) {
            Duration next = phase.plus(dice.between(LEAST_PHASE, MOST_PHASE));
            int lanes = dice.weighed(AT_A_TIME);
            for (int lane = 0; lane < lanes; lane++) {
                fill(phase, next, all);
            }
            phase = next;
        }
        all.removeIf(it -> it.at().compareTo(length) >= 0);
        all.sort(Comparator.comparing(Planned::at));
        return all;
    }

    /** One thing after the other; nothing is done twice to one part at a time. */
    private void fill(Duration from, Duration to, List<Planned> all) {
        Duration at = from.plus(dice.between(Duration.ZERO, MOST.dividedBy(2)));
        while (at.compareTo(to) < 0) {
            Planned drawn = dice.weighed(kinds).get();
            Planned next = new Planned(at, drawn.lasts(), drawn.what());
            if (all.stream()
                    .noneMatch(it -> it.what().target().equals(next.what().target()) && it.overlaps(next))) {
                all.add(next);
            }
            at = next.end().plus(dice.between(Duration.ZERO, LEAST.multipliedBy(2)));
        }
    }

    private Planned planned(Duration least, Duration most, Mischief what) {
        return new Planned(Duration.ZERO, dice.between(least, most), what);
    }

    private LinkFaults links() {
        return links;
    }

    private int node() {
        return dice.below(nodes);
    }

    private SessionsEnded sessionsEnded() {
        return new SessionsEnded(dice.between(1, 12), dice.below(1000));
    }

    private PoolExhausted poolExhausted() {
        return new PoolExhausted(node(), dice.pick(List.of("run", "scoring", "attempt")));
    }

    private FolderSick folderSick(boolean hangs) {
        return new FolderSick(node(), dice.pick(List.of(FolderSick.Shared.values())), hangs);
    }

    private ClockStepped clockStepped() {
        Duration by = dice.pick(
                List.of(Duration.ofHours(3), Duration.ofMinutes(-90), Duration.ofSeconds(2), Duration.ofSeconds(-2)));
        return new ClockStepped(node(), by);
    }
}
