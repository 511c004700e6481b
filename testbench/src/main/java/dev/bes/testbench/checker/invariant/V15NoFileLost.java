package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry.FileDropped;
import dev.bes.testbench.checker.evidence.DriverEntry.Handling;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every dropped file and every blob is in exactly one place, byte for byte: in its drop folder or under its prefix; in {@code
 * .processing} if its run has not ended or ended less than {@link CheckerSettings#recovery()} ago; in {@code archive} if its run
 * has finished; in {@code failed} if it has ended otherwise, and a blob then where it arrived. There is no other file in these
 * folders.
 *
 * <p>Where duplicates are left out ({@link Handling#ONCE}), of the files of one content at most one has a finished run, one has
 * a run at all, and the duplicates are in {@code archive}. A file that stays ({@link Handling#STAYING}) is always in its drop folder; the
 * copy that is scored may be in {@code .processing} or {@code failed} besides.
 *
 * <p>Files are distinguished by their hash, so that the driver must not drop the same content into two folders.
 */
public final class V15NoFileLost {

    private final Evidence evidence;
    private final Violations violations = new Violations();
    private final Map<Long, Run> runs;

    private V15NoFileLost(Evidence evidence) {
        this.evidence = evidence;
        this.runs = evidence.database().runs().stream().collect(Collectors.toMap(Run::id, run -> run));
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V15NoFileLost it = new V15NoFileLost(evidence);
        List<StoredFile> others = new ArrayList<>(evidence.dropped());
        Map<String, List<FileDropped>> byContent = evidence.driver().stream()
                .filter(FileDropped.class::isInstance)
                .map(FileDropped.class::cast)
                .collect(Collectors.groupingBy(FileDropped::sha256, LinkedHashMap::new, Collectors.toList()));
        byContent.forEach((sha256, drops) -> {
            List<StoredFile> copies = others.stream()
                    .filter(other -> other.sha256().equals(sha256))
                    .toList();
            others.removeAll(copies);
            it.check(drops, copies);
        });
        others.forEach(other -> it.violations.add("%s was never dropped", other.path()));
        return it.violations.list();
    }

    private void check(List<FileDropped> drops, List<StoredFile> copies) {
        List<StoredFile> left = new ArrayList<>(copies);
        for (FileDropped file : drops) {
            List<StoredFile> own =
                    left.stream().filter(copy -> isRight(file, copy.path())).toList();
            boolean isStaying = file.handling() == Handling.STAYING;
            boolean isThere = own.stream().anyMatch(copy -> copy.path().equals(arrival(file)));
            violations.require(
                    isStaying ? isThere && own.size() <= 2 : own.size() == 1,
                    "%s in %s is in %d places where it belongs: %s; its content is at %s",
                    file.name(),
                    file.folder(),
                    own.size(),
                    own,
                    copies);
            left.removeAll(own);
        }
        left.forEach(copy ->
                violations.add("%s does not belong at %s", drops.getFirst().name(), copy.path()));
        if (drops.getFirst().handling() == Handling.ONCE) {
            checkOnce(drops);
        }
    }

    private void checkOnce(List<FileDropped> drops) {
        List<DroppedFile> rows = drops.stream().flatMap(this::rows).toList();
        List<Long> scored = rows.stream()
                .map(row -> runs.get(row.run()))
                .filter(run -> run != null && run.state().equals("Finished"))
                .map(Run::id)
                .toList();
        violations.require(
                scored.size() <= 1,
                "The content of %s was scored by the runs %s",
                drops.getFirst().name(),
                scored);
        violations.require(
                rows.isEmpty() || rows.stream().anyMatch(row -> row.run() != 0),
                "The content of %s has no run, and all its files are duplicates",
                drops.getFirst().name());
    }

    private Stream<DroppedFile> rows(FileDropped file) {
        return evidence.database().droppedFiles().stream()
                .filter(taken ->
                        taken.folder().equals(file.folder()) && taken.name().equals(file.name()));
    }

    private static String arrival(FileDropped file) {
        return file.handling() == Handling.BLOB
                ? file.folder() + file.name()
                : Path.of(file.folder()).resolve(file.name()).toString();
    }

    private boolean isRight(FileDropped file, String place) {
        boolean arrived = place.equals(arrival(file));
        if (file.handling() == Handling.BLOB) {
            return rows(file).map(row -> runs.get(row.run())).anyMatch(run -> isRightBlob(file, run, place, arrived));
        }
        return arrived || rows(file).anyMatch(row -> isRight(row, Path.of(file.folder()), Path.of(place)));
    }

    /** A blob is archived when its run has finished, and stays otherwise. */
    private boolean isRightBlob(FileDropped file, @Nullable Run run, String place, boolean arrived) {
        if (run == null) {
            return false;
        }
        boolean isFinished = run.state().equals("Finished");
        return arrived
                ? !isFinished || hasJustEnded(run)
                : isFinished && place.equals(file.folder() + "archive/" + run.id() + "-" + file.name());
    }

    private boolean isRight(DroppedFile taken, Path folder, Path place) {
        if (taken.location().equals("duplicate")) {
            return place.equals(folder.resolve("archive").resolve("duplicate-" + taken.name()));
        }
        Run run = runs.get(taken.run());
        Path parent = folder.getParent();
        if (run == null || parent == null) {
            return false;
        }
        if (place.endsWith(Path.of(".processing", taken.id().toString(), taken.name())) && place.startsWith(parent)) {
            return run.endedAt() == null || hasJustEnded(run);
        }
        String end = run.state().equals("Finished") ? "archive" : "failed";
        return run.endedAt() != null
                && folder.resolve(end).equals(place.getParent())
                && place.getFileName().toString().startsWith(run.id() + "-");
    }

    private boolean hasJustEnded(Run run) {
        Instant ended = run.endedAt();
        return ended != null
                && ended.isAfter(
                        evidence.database().readAt().minus(evidence.policy().recovery()));
    }
}
