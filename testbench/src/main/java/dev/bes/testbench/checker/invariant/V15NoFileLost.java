package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.FileDropped;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Every dropped file is in exactly one place, byte for byte: in its drop folder; in {@code .processing} if its run
 * has not ended or ended less than {@link CheckerSettings#recovery()} ago; in {@code archive} if its run has
 * finished; in {@code failed} if it has ended otherwise. There is no other file in these folders.
 *
 * <p>Files are distinguished by their hash, so the driver must not drop two files with the same content.
 */
public final class V15NoFileLost {

    private final Evidence evidence;
    private final Violations violations = new Violations();

    private V15NoFileLost(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V15NoFileLost it = new V15NoFileLost(evidence);
        List<StoredFile> others = new ArrayList<>(evidence.dropped());
        for (DriverEntry entry : evidence.driver()) {
            if (entry instanceof FileDropped file) {
                List<StoredFile> copies = others.stream()
                        .filter(other -> other.sha256().equals(file.sha256()))
                        .toList();
                others.removeAll(copies);
                it.check(file, copies);
            }
        }
        others.forEach(other -> it.violations.add("%s was never dropped", other.path()));
        return it.violations.list();
    }

    private void check(FileDropped file, List<StoredFile> copies) {
        if (copies.size() == 1) {
            Path place = Path.of(copies.getFirst().path());
            violations.require(
                    isRight(file, place),
                    "%s in %s is at %s, where it does not belong",
                    file.name(),
                    file.folder(),
                    place);
        } else {
            violations.add("%s in %s is in %d places: %s", file.name(), file.folder(), copies.size(), copies);
        }
    }

    private boolean isRight(FileDropped file, Path place) {
        Path folder = Path.of(file.folder());
        if (place.equals(folder.resolve(file.name()))) {
            return true;
        }
        return evidence.database().droppedFiles().stream()
                .filter(taken ->
                        taken.folder().equals(file.folder()) && taken.name().equals(file.name()))
                .anyMatch(taken -> isRight(taken, folder, place));
    }

    private boolean isRight(DroppedFile taken, Path folder, Path place) {
        Run run = evidence.database().runs().stream()
                .filter(it -> it.id() == taken.run())
                .findFirst()
                .orElseThrow();
        Instant ended = run.endedAt();
        Instant justNow = evidence.database().readAt().minus(evidence.policy().recovery());
        if (place.endsWith(Path.of(".processing", taken.id().toString(), taken.name()))
                && place.startsWith(Objects.requireNonNull(folder.getParent()))) {
            return ended == null || ended.isAfter(justNow);
        }
        String end = run.state().equals("Finished") ? "archive" : "failed";
        return ended != null
                && Objects.equals(place.getParent(), folder.resolve(end))
                && place.getFileName().toString().startsWith(run.id() + "-");
    }
}
