package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.FaultBegun;
import dev.bes.testbench.checker.evidence.DriverEntry.FaultEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault with its beginning and end.
 *
 * @param ended null when the driver recorded no end
 */
public record FaultWindow(FaultBegun begun, @Nullable Instant ended) {

    /** The fault windows in the journal of the driver. */
    public static List<FaultWindow> in(List<DriverEntry> driver) {
        return driver.stream()
                .filter(FaultBegun.class::isInstance)
                .map(FaultBegun.class::cast)
                .map(begun -> new FaultWindow(begun, end(driver, begun.id())))
                .toList();
    }

    /** Whether a fault was active at a time, within the tolerance. */
    public static boolean explains(List<FaultWindow> faults, Instant time, Duration tolerance) {
        return faults.stream().anyMatch(fault -> fault.covers(time, tolerance));
    }

    boolean covers(Instant time, Duration tolerance) {
        return overlaps(time, time, tolerance);
    }

    /** Whether the fault was active between two times, within the tolerance. */
    public boolean overlaps(Instant from, Instant to, Duration tolerance) {
        return !to.isBefore(begun.at().minus(tolerance)) && (ended == null || !from.isAfter(ended.plus(tolerance)));
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
