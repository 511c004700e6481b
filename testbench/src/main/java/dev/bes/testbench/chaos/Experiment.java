package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.environment.ChaosDatabase.RunCounts;
import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.chaos.fault.FaultInjector;
import dev.bes.testbench.chaos.load.CallbackReceiver;
import dev.bes.testbench.chaos.load.ChaosDefinition;
import dev.bes.testbench.chaos.load.ChaosSchedule;
import dev.bes.testbench.chaos.load.LoadDriver;
import dev.bes.testbench.chaos.observation.EvidenceCollector;
import dev.bes.testbench.chaos.observation.ExperimentResult;
import dev.bes.testbench.chaos.observation.Quiescence;
import dev.bes.testbench.chaos.observation.ReadinessHistory;
import dev.bes.testbench.chaos.observation.ReadinessMonitor;
import dev.bes.testbench.chaos.plan.ExperimentPlan;
import dev.bes.testbench.chaos.plan.PlanExecutor;
import dev.bes.testbench.checker.Checker;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverJournal;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.SearchedText;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One experiment: load and faults for a while, then recovery, then the check of the result. */
final class Experiment {

    private final TestEnvironment environment;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final PrintWriter out;
    private final LoadDriver load;
    private final FaultInjector faults;
    private final List<String> notes = new ArrayList<>();

    Experiment(TestEnvironment environment, InstantSource clock, PrintWriter out) {
        this.environment = environment;
        this.journal = new DriverJournal(environment.folder().driverJournal());
        this.clock = clock;
        this.out = out;
        this.load = new LoadDriver(environment, journal, clock);
        this.faults = new FaultInjector(environment, journal, clock);
    }

    /** Carries out the plan and checks the result. */
    ExperimentResult run(ExperimentPlan plan, Duration length) throws InterruptedException, SQLException {
        ChaosSchedule schedule = ChaosSchedule.of(clock.instant(), length);
        String receiver = "http://127.0.0.1:" + environment.callbackPort() + "/ended";
        new ChaosDefinition(environment.kind(), schedule, receiver).write(environment.folder());
        environment.startNodes();
        Instant since = environment.database().scheduledSince(ChaosDefinition.NAME);
        try (CallbackReceiver _ = new CallbackReceiver(environment.callbackPort(), journal, clock);
                ReadinessMonitor monitor = new ReadinessMonitor(environment.api(), environment.nodes(), clock)) {
            print("All %d nodes are ready. The faults begin."
                    .formatted(environment.nodes().size()));
            execute(plan, length);
            print("The faults end. Everything is repaired now.");
            environment.repair();
            awaitQuiescence(schedule);
            recordFireTimes(schedule.between(since.minusMillis(1), schedule.end()), monitor.history());
        }
        return check();
    }

    /**
     * Records the fire times that must have their run. Fire times of an outage of all nodes are left out: Quartz fires once
     * for all of them.
     */
    private void recordFireTimes(List<Instant> fireTimes, ReadinessHistory readiness) {
        List<Instant> due = readiness.outsideOfOutages(fireTimes);
        due.forEach(time -> journal.append(
                new DriverEntry.FireTimePassed(clock.instant(), ChaosDefinition.NAME, ChaosDefinition.SCHEDULE, time)));
        if (due.size() < fireTimes.size()) {
            notes.add("fire times during an outage of all nodes: %d of %d"
                    .formatted(fireTimes.size() - due.size(), fireTimes.size()));
        }
    }

    private void execute(ExperimentPlan plan, Duration length) throws InterruptedException {
        Instant start = clock.instant();
        new PlanExecutor(load, faults)
                .execute(plan, length, () -> printProgress(Duration.between(start, clock.instant()), length));
    }

    private void awaitQuiescence(ChaosSchedule schedule) {
        Duration untilEnd = Duration.between(clock.instant(), schedule.end());
        Duration atMost =
                untilEnd.isNegative() ? EvidenceCollector.RECOVERY : untilEnd.plus(EvidenceCollector.RECOVERY);
        Instant repaired = clock.instant();
        boolean done = new Quiescence(environment).await(schedule.end(), clock, atMost);
        long seconds = Duration.between(repaired, clock.instant()).toSeconds();
        notes.add(
                done
                        ? "all work was done %d s after the repair".formatted(seconds)
                        : "work was still UNFINISHED %d s after the repair".formatted(seconds));
        print(notes.getLast());
    }

    private ExperimentResult check() throws SQLException {
        EvidenceCollector collector = new EvidenceCollector(environment, journal);
        List<SearchedText> pages = collector.pages();
        int restarts = environment.nodes().stream()
                .mapToInt(ChaosNode::unrequestedExits)
                .sum();
        notes.add("nodes that ended by themselves and were started again: " + restarts);
        notes.add("nodes that did not end within 30 s after SIGTERM: " + environment.terminateNodes());
        Evidence evidence = collector.evidence(pages);
        return new ExperimentResult(evidence, Checker.check(evidence), load.counts(), faults.counts(), notes);
    }

    private void printProgress(Duration passed, Duration length) {
        print("%s of %s  %s  %d faults so far, active: %s"
                .formatted(
                        minutes(passed),
                        minutes(length),
                        runs(),
                        faults.counts().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        String.join(", ", faults.active())));
    }

    private String runs() {
        try {
            RunCounts runs = environment.database().runCounts();
            return "%d runs, %d live".formatted(runs.all(), runs.live());
        } catch (SQLException e) {
            return "no answer from the database";
        }
    }

    private static String minutes(Duration time) {
        return "%02d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private void print(String line) {
        out.println("  " + line);
        out.flush();
    }
}
