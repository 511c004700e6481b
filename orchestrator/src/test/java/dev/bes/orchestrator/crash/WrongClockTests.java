package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes as processes of their own; the clock of one of them is stepped while both are at work. */
@Tag("slow")
class WrongClockTests {
    private static final List<Path> LIBFAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    @TempDir
    private static Path folder;

    private final Path clock = folder.resolve("clock");

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void standsBesideTheWorkUntilItsClockIsRightAgain() throws IOException {
        Path library = LIBFAKETIME.stream().filter(Files::exists).findFirst().orElse(null);
        Precondition.CLOCK_OF_A_PROCESS.require(library != null);
        try (Installation installation =
                new Installation(NodeProgram.shared(), folder.resolve("site"), "wrong-clock")) {
            tick(installation);
            step(Duration.ZERO);
            NodeProcess right = installation.start();
            NodeProcess stepped = installation.startUnder(List.of(
                    "env",
                    "LD_PRELOAD=" + library,
                    "FAKETIME_TIMESTAMP_FILE=" + clock,
                    "FAKETIME_CACHE_DURATION=1",
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    // or timed waits of the JVM return at once
                    "FAKETIME_FORCE_MONOTONIC_FIX=0"));
            right.awaitReady();
            stepped.awaitReady();
            awaitSkew(installation, stepped, Duration.ZERO);
            for (Duration off : List.of(
                    Duration.ofHours(3), Duration.ofMinutes(-90), Duration.ofSeconds(2), Duration.ofSeconds(-2))) {
                step(off);
                awaitSkew(installation, stepped, off);
                doesNothing(installation, stepped);
                step(Duration.ZERO);
                awaitSkew(installation, stepped, Duration.ZERO);
            }
            assertThat(stepped.said()).contains("The schedules of this node stand by", "set the clock");
            madeOneRunPerSecond(installation);
        }
    }

    private static void tick(Installation installation) {
        installation.definition(
                "ticking",
                "feature-hashing",
                "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n      zone: UTC\n");
        new JobFolder(installation.folder).write("definitions/data/ticking/a.csv", WorkKind.DAY);
    }

    /** Steps the clock of one process; clocks that only go forward are left alone, as by somebody who sets a clock. */
    private void step(Duration off) throws IOException {
        Path draft = Files.writeString(folder.resolve("clock.draft"), "%+d".formatted(off.toSeconds()));
        Files.move(draft, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitSkew(Installation installation, NodeProcess node, Duration off) {
        patiently()
                .until(
                        () -> installation
                                .jdbc
                                .sql("SELECT skew_ms FROM node WHERE name LIKE ?")
                                .param("%-" + node.pid() + "-%")
                                .query(Long.class)
                                .optional()
                                .orElse(Long.MAX_VALUE),
                        skew -> Math.abs(skew - off.toMillis()) < 500);
    }

    /** While other nodes go on. */
    private static void doesNothing(Installation installation, NodeProcess node) {
        patiently().until(() -> count(installation, "scoring WHERE owner LIKE ?", node) == 0);
        awaitHeartbeats(installation, node);
        long moves = count(installation, "history WHERE node LIKE ?", node);
        long finished = finished(installation);
        patiently().until(() -> finished(installation) >= finished + 3);
        assertThat(count(installation, "history WHERE node LIKE ?", node)).isEqualTo(moves);
    }

    /** Two of them: what it began before it knew is over. */
    private static void awaitHeartbeats(Installation installation, NodeProcess node) {
        for (int beat = 1; beat <= 2; beat++) {
            OffsetDateTime before = lastHeartbeat(installation, node);
            patiently().until(() -> lastHeartbeat(installation, node).isAfter(before));
        }
    }

    private static OffsetDateTime lastHeartbeat(Installation installation, NodeProcess node) {
        return installation
                .jdbc
                .sql("SELECT last_heartbeat_at FROM node WHERE name LIKE ?")
                .param("%-" + node.pid() + "-%")
                .query(OffsetDateTime.class)
                .single();
    }

    private static long count(Installation installation, String rows, NodeProcess node) {
        return installation
                .jdbc
                .sql("SELECT count(*) FROM " + rows)
                .param("%-" + node.pid() + "-%")
                .query(Long.class)
                .single();
    }

    private static long finished(Installation installation) {
        return installation
                .jdbc
                .sql("SELECT count(*) FROM run WHERE state = 'Finished'")
                .query(Long.class)
                .single();
    }

    private static void madeOneRunPerSecond(Installation installation) {
        Instant now = installation
                .jdbc
                .sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        List<Instant> until =
                patiently()
                        .until(
                                () -> times(installation),
                                times -> times.getLast().isAfter(now))
                        .stream()
                        .filter(time -> time.isBefore(now))
                        .toList();

        assertThat(until)
                .as("one run per second, none of a time still to come, none of a time gone by")
                .containsExactlyElementsOf(Stream.iterate(until.getFirst(), t -> t.plusSeconds(1))
                        .limit(until.size())
                        .toList());
        assertThat(times(installation).getLast()).isBefore(now.plusSeconds(60));
    }

    private static List<Instant> times(Installation installation) {
        return installation
                .jdbc
                .sql("SELECT fire_time FROM run ORDER BY fire_time")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
    }
}
