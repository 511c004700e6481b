package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettleDetectorTests {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    // as a JVM may count it: the numbers themselves mean nothing, and may pass the largest one
    private long now = Long.MAX_VALUE - 1_000;
    private final SettleDetector settleDetector = new SettleDetector(() -> now);

    private Path file() {
        return folder.resolve("a.csv");
    }

    @BeforeEach
    void drop() throws IOException {
        Files.writeString(file(), "text\n");
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000));
    }

    private boolean isStillAfter(Duration more) throws IOException {
        now += more.toNanos();
        return settleDetector.isSettled(file(), SETTLE);
    }

    @Test
    void waitsUntilAFileHasStoodStillLongEnough() throws IOException {
        assertThat(isStillAfter(Duration.ZERO)).isFalse();
        assertThat(isStillAfter(SETTLE.minusNanos(1))).isFalse();
        assertThat(isStillAfter(Duration.ofNanos(1))).isTrue();
        assertThat(isStillAfter(Duration.ofNanos(1))).isTrue();
    }

    @Test
    void beginsAnewWhenAFileGrows() throws IOException {
        isStillAfter(Duration.ZERO);
        Files.writeString(file(), "text\na\n");
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000));

        assertThat(isStillAfter(SETTLE)).isFalse();
        assertThat(isStillAfter(SETTLE)).isTrue();
    }

    @Test
    void beginsAnewWhenAFileIsTouched() throws IOException {
        isStillAfter(Duration.ZERO);
        Files.setLastModifiedTime(file(), FileTime.fromMillis(2_000));

        assertThat(isStillAfter(SETTLE)).isFalse();
        assertThat(isStillAfter(SETTLE)).isTrue();
    }

    @Test
    void forgetsAFileThatIsGone() throws IOException {
        isStillAfter(Duration.ZERO);
        settleDetector.keepOnly(Set.of());

        assertThat(isStillAfter(SETTLE)).isFalse();
    }

    @Test
    void remembersAFileThatIsStillThere() throws IOException {
        isStillAfter(Duration.ZERO);
        settleDetector.keepOnly(Set.of(file()));

        assertThat(isStillAfter(SETTLE)).isTrue();
    }

    @Test
    void takesAFileAtOnceWhenItNeedNotSettle() throws IOException {
        assertThat(settleDetector.isSettled(file(), Duration.ZERO)).isTrue();
    }

    @Test
    void leavesAMissingFileToOthers() {
        assertThatThrownBy(() -> settleDetector.isSettled(folder.resolve("gone.csv"), SETTLE))
                .isInstanceOf(NoSuchFileException.class);
    }
}
