package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Database.Standing;
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

/** Tells when everything that was asked for is done. */
record Quiet(Stage stage) {

    /**
     * Whether it got quiet in time: all runs have ended or wait for somebody, no schedule is about to make one, and all
     * dropped files are put away.
     *
     * @param notBefore until then there is more to come
     */
    boolean await(Instant notBefore, InstantSource clock, Duration atMost) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> clock.instant().isAfter(notBefore) && nothingLives());
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** A dropped file whose run waits for somebody waits with it, where it was taken to. */
    private boolean nothingLives() {
        Path folder = stage.folder().inbox().resolve(ChaosDefinition.NAME);
        try {
            Standing standing = stage.database().standing();
            return standing.live() == 0
                    && standing.toCome() == 0
                    && count(folder, Files::isRegularFile) == 0
                    && count(folder.resolveSibling(".processing"), file -> true) == standing.keptFiles();
        } catch (SQLException | IOException e) {
            return false;
        }
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
