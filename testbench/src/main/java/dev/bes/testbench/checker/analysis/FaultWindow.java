package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.FaultBegun;
import dev.bes.testbench.checker.evidence.DriverEntry.FaultEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault from its beginning to its end.
 *
 * @param ended null when the driver never said so
 */
public record FaultWindow(FaultBegun begun, @Nullable Instant ended) {

    public static List<FaultWindow> in(List<DriverEntry> driver) {
        return driver.stream()
                .filter(FaultBegun.class::isInstance)
                .map(FaultBegun.class::cast)
                .map(begun -> new FaultWindow(begun, end(driver, begun.id())))
                .toList();
    }

    /** Whether a fault explains what happened at a time, give or take. */
    public static boolean explains(List<FaultWindow> faults, Instant time, Duration giveOrTake) {
        return faults.stream().anyMatch(fault -> fault.covers(time, giveOrTake));
    }

    boolean covers(Instant time, Duration giveOrTake) {
        return overlaps(time, time, giveOrTake);
    }

    /** Whether a fault may have disturbed what went on between two times. */
    public boolean overlaps(Instant from, Instant to, Duration giveOrTake) {
        return !to.isBefore(begun.at().minus(giveOrTake)) && (ended == null || !from.isAfter(ended.plus(giveOrTake)));
    }

    private static @Nullable Instant end(List<DriverEntry> driver, String id) {
        for (DriverEntry entry : driver) {
            if (entry instanceof FaultEnded over && over.id().equals(id)) {
                return over.at();
            }
        }
        return null;
    }
}
