package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.FireTimePassed;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import java.time.Instant;
import java.util.List;

/** The time in which the driver recorded fire times of a schedule. Runs outside of it prove nothing. */
public final class ObservationPeriod {

    private ObservationPeriod() {}

    /** The key of the run of a fire time. */
    public static String occurrence(FireTimePassed passed) {
        return occurrence(passed.schedule(), passed.fireTime());
    }

    /** The key of the run of a fire time of a schedule. */
    public static String occurrence(String schedule, Instant fireTime) {
        return "schedule:" + schedule + ":" + fireTime;
    }

    /** Whether a run can be checked: every run without a schedule, and every run within the recorded fire times. */
    public static boolean covers(List<DriverEntry> driver, Run run) {
        if (!run.trigger().equals("schedule")) {
            return true;
        }
        Instant time = run.fireTime() == null ? run.createdAt() : run.fireTime();
        List<Instant> recorded = driver.stream()
                .filter(FireTimePassed.class::isInstance)
                .map(FireTimePassed.class::cast)
                .filter(it -> it.definition().equals(run.definition()))
                .filter(it -> run.occurrence().startsWith("schedule:" + it.schedule() + ":"))
                .map(FireTimePassed::fireTime)
                .sorted()
                .toList();
        return recorded.isEmpty() || (!time.isBefore(recorded.getFirst()) && !time.isAfter(recorded.getLast()));
    }
}
