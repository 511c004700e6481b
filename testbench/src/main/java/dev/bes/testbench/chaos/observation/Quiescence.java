package dev.bes.testbench.chaos.observation;

import dev.bes.testbench.chaos.environment.ChaosDatabase.RunCounts;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.chaos.load.ChaosDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until all requested work is done. */
public record Quiescence(TestEnvironment environment) {

    /**
     * Whether all work was done in time: every run has ended or needs attention, no schedule is about to fire, every
     * dropped file and every blob is put away, and every callback is delivered.
     *
     * @param notBefore earlier there is more work to come
     */
    public boolean await(Instant notBefore, InstantSource clock, Duration atMost) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> clock.instant().isAfter(notBefore) && isDone());
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** The dropped file of a run that needs attention stays in {@code .processing}. */
    private boolean isDone() {
        Path inbox = environment.folder().inbox();
        try {
            RunCounts runs = environment.database().runCounts();
            return runs.live() == 0
                    && runs.pendingFires() == 0
                    && runs.pendingCallbacks() == 0
                    && count(inbox.resolve(ChaosDefinition.STAYING), Files::isRegularFile) + blobs() == runs.staying()
                    && arrived(inbox) == 0
                    && count(inbox.resolve(".processing"), file -> true) == runs.filesInProcessing();
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    /** The files that lie in drop folders that are emptied. */
    private long arrived(Path inbox) throws IOException {
        long files = 0;
        for (String name : ChaosDefinition.emptied(environment.kind())) {
            files += count(inbox.resolve(name), Files::isRegularFile);
        }
        return files;
    }

    /** The blobs that lie where they arrived. */
    private long blobs() {
        return environment.lake().listBlobsByHierarchy(ChaosDefinition.PREFIX).stream()
                .filter(blob -> !Boolean.TRUE.equals(blob.isPrefix()))
                .count();
    }

    private static long count(Path folder, Predicate<Path> kind) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(kind).count();
        }
    }
}
