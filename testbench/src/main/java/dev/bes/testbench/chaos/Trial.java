package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Checker;
import dev.bes.testbench.checker.DriverEntry;
import dev.bes.testbench.checker.DriverJournal;
import dev.bes.testbench.checker.Evidence;
import dev.bes.testbench.checker.Text;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One run: work and mischief for a while, then health and quiet, then judgement. */
final class Trial {

    private static final Duration STARTUP = Duration.ofSeconds(20);
    private static final int TICK_SECONDS = 5;

    private final Stage stage;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final PrintWriter out;
    private final Tally deeds = new Tally();
    private final Tally mischiefs = new Tally();
    private final List<String> notes = new ArrayList<>();

    Trial(Stage stage, InstantSource clock, PrintWriter out) {
        this.stage = stage;
        this.journal = new DriverJournal(stage.folder().driverJournal());
        this.clock = clock;
        this.out = out;
    }

    /** Carries out the plan, and judges what is left of it. */
    Outcome run(Plan plan, Duration length) throws InterruptedException, SQLException {
        Ticks ticks = ticks(length);
        new ChaosDefinition(ticks).write(stage.folder());
        stage.startNodes();
        Instant since = stage.database().scheduledSince();
        try (Lookout lookout = new Lookout(stage.api(), stage.nodes(), clock)) {
            say("%d nodes are ready; chaos begins".formatted(stage.nodes().size()));
            perform(plan, length);
            say("chaos is over; everything is healed now");
            stage.heal();
            awaitQuiet(ticks);
            list(ticks.between(since.minusMillis(1), ticks.end()), lookout.readiness());
        }
        return judge();
    }

    /** Writes down the instants that must have their runs: all but those of an outage, for which the schedule fires once. */
    private void list(List<Instant> instants, Readiness readiness) {
        List<Instant> due = readiness.outsideOfOutages(instants);
        due.forEach(time -> journal.append(
                new DriverEntry.FireTimePassed(clock.instant(), ChaosDefinition.NAME, ChaosDefinition.SCHEDULE, time)));
        if (due.size() < instants.size()) {
            notes.add("instants of the schedule that fell into an outage of all nodes: %d of %d"
                    .formatted(instants.size() - due.size(), instants.size()));
        }
    }

    private Ticks ticks(Duration length) {
        Instant now = clock.instant();
        Instant end = now.plus(STARTUP).plus(length);
        long minutes = end.getEpochSecond() / 60 - now.getEpochSecond() / 60 + 1;
        return new Ticks(TICK_SECONDS, now, Math.toIntExact(minutes));
    }

    private void perform(Plan plan, Duration length) throws InterruptedException {
        Instant start = clock.instant();
        Traffic traffic = new Traffic(stage, journal, clock, deeds);
        Trouble trouble = new Trouble(stage, journal, clock, mischiefs);
        Progress progress = new Progress(stage.database(), trouble, mischiefs, length);
        new Performance(traffic, trouble)
                .perform(plan, length, () -> say(progress.line(Duration.between(start, clock.instant()))));
    }

    private void awaitQuiet(Ticks ticks) {
        Duration untilLastTick = Duration.between(clock.instant(), ticks.end());
        Duration atMost = untilLastTick.isNegative() ? Gathering.RECOVERY : untilLastTick.plus(Gathering.RECOVERY);
        Instant healed = clock.instant();
        boolean quiet = new Quiet(stage).await(ticks.end(), clock, atMost);
        Duration took = Duration.between(healed, clock.instant());
        notes.add(
                quiet
                        ? "quiet %d s after everything was healed".formatted(took.toSeconds())
                        : "NOT quiet %d s after everything was healed".formatted(took.toSeconds()));
        say(notes.getLast());
    }

    private Outcome judge() throws SQLException {
        Gathering gathering = new Gathering(stage, journal);
        List<Text> pages = gathering.pages();
        int restarts = stage.nodes().stream().mapToInt(ChaosNode::endedByItself).sum();
        notes.add("nodes that ended by themselves, and were started again: " + restarts);
        notes.add("nodes that did not heed SIGTERM in time: " + stage.terminateNodes());
        Evidence evidence = gathering.evidence(pages);
        return new Outcome(evidence, Checker.check(evidence), deeds, mischiefs, notes);
    }

    private void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
