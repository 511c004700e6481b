package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.FireTimePassed;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import java.time.Instant;
import java.util.List;

/** When the driver looked at schedules: they fire before it begins and when it has stopped looking, too. */
public final class ObservationPeriod {

    private ObservationPeriod() {}

    /** The key of the run of a fire time. */
    public static String occurrence(FireTimePassed passed) {
        return "schedule:" + passed.schedule() + ":" + passed.fireTime();
    }

    /** Whether the driver answers for a run: for every one that is not a schedule's, or whose time it watched. */
    public static boolean covers(List<DriverEntry> driver, Run run) {
        if (!run.trigger().equals("schedule")) {
            return true;
        }
        Instant time = run.fireTime() == null ? run.createdAt() : run.fireTime();
        List<Instant> watched = driver.stream()
                .filter(FireTimePassed.class::isInstance)
                .map(FireTimePassed.class::cast)
                .filter(it -> it.definition().equals(run.definition()))
                .filter(it -> run.occurrence().startsWith("schedule:" + it.schedule() + ":"))
                .map(FireTimePassed::fireTime)
                .sorted()
                .toList();
        return watched.isEmpty() || (!time.isBefore(watched.getFirst()) && !time.isAfter(watched.getLast()));
    }
}
