package dev.bes.sandbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.gateway.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCountsTests {

    private static final Series STATUS = new Series("api", "bes-status", "starter", "s1", "1");
    private static final Series NOBODY = new Series(null, null, null, null, null);

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private CounterFile file;

    @AfterEach
    void close() {
        if (file != null) {
            file.close();
        }
    }

    @Test
    void sumsCallsBySeriesResultAndTime() {
        CallCounts counts = open(Retention.DEFAULT);
        record(counts, STATUS, 200, 304, 401, 429, 403, 400, 503, 404);
        clock.advance(Duration.ofMinutes(1));
        record(counts, NOBODY, 307, 401);

        CallSums sums = counts.sums();
        assertThat(sums.by(series -> series))
                .hasEntrySatisfying(
                        STATUS, figures -> assertThat(results(figures)).containsExactly(2L, 3L, 2L, 1L))
                .hasEntrySatisfying(
                        NOBODY, figures -> assertThat(results(figures)).containsExactly(1L, 1L, 0L, 0L));
        assertThat(counts.sums(lastDay(), Duration.ofMinutes(1), STATUS::equals).byTime())
                .containsOnlyKeys(clock.instant().minusSeconds(60));
        assertThat(counts.sums(lastDay(), Duration.ofMinutes(1), series -> true).byTime())
                .hasSize(2);
    }

    @Test
    void estimatesPercentilesWithinSixPercent() {
        CallCounts counts = open(Retention.DEFAULT);
        long[] nanos = new Random(7)
                .doubles(10_000, 3, 10)
                .mapToLong(power -> (long) Math.pow(10, power))
                .sorted()
                .toArray();
        Arrays.stream(nanos).forEach(each -> counts.record(new CountedCall(clock.instant(), STATUS, 200, each, 0, 0)));

        Figures all = counts.sums().all();
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99}) {
            double exact = nanos[(int) (share * nanos.length) - 1];
            assertThat(all.percentile(share) / exact).isCloseTo(1, within(0.065));
        }
        assertThat(all.percentile(1)).isLessThanOrEqualTo(all.most());
        assertThat(all.average()).isEqualTo(Arrays.stream(nanos).sum() / nanos.length);
    }

    @Test
    void survivesARestart() {
        CallCounts counts = open(Retention.DEFAULT);
        record(counts, STATUS, 200, 429);
        record(counts, NOBODY, 404);
        Figures before = counts.sums(STATUS::equals).all();
        file.close();

        CallCounts again = open(Retention.DEFAULT);
        assertThat(again.sums(STATUS::equals).all().saved()).isEqualTo(before.saved());
        record(again, STATUS, 200);
        file.close();

        assertThat(open(Retention.DEFAULT).sums().all().calls()).isEqualTo(4);
    }

    @Test
    void losesOnlyWhatCameAfterTheLastSaveInACrash() throws IOException {
        CallCounts counts = open(Retention.DEFAULT);
        for (int i = 1; i <= 20; i++) {
            record(counts, STATUS, 200);
            file.save();
            record(counts, STATUS, 200);
            Path crashed = Files.copy(folder.resolve("counters.mv"), folder.resolve("crashed" + i));
            try (CounterFile copy = CounterFile.open(crashed)) {
                CallCounts found = CallCounts.open(copy, Retention.DEFAULT, clock);
                assertThat(found.sums().all().calls()).isEqualTo(2L * i - 1);
            }
        }
    }

    @Test
    void opensAFileThatWasCutOrRefusesItInClearWords() throws IOException {
        CallCounts counts = open(Retention.DEFAULT);
        for (int i = 0; i < 20; i++) {
            record(counts, STATUS, 200);
            file.save();
        }
        file.close();
        byte[] whole = Files.readAllBytes(folder.resolve("counters.mv"));
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            opensOrRefuses(Files.write(folder.resolve("broken" + i), broken));
        }
        assertThatThrownBy(() -> CounterFile.open(Files.writeString(folder.resolve("text"), "x".repeat(20_000))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("text is damaged")
                .hasMessageContaining("remove it");
    }

    @Test
    void refusesAFileThatAnotherSandboxHasOpen() {
        open(Retention.DEFAULT);

        assertThatThrownBy(() -> CounterFile.open(folder.resolve("counters.mv")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another sandbox runs on this data folder");
    }

    @Test
    void keepsTheSumsWhileSlotsAgeAndForgetsThemAfter31Days() {
        CallCounts counts = open(Retention.DEFAULT);
        for (int i = 0; i < 500; i++) {
            record(counts, STATUS, 200);
            clock.advance(Duration.ofSeconds(7));
        }
        Figures.Saved young = counts.sums().all().saved();
        for (Duration age : List.of(Duration.ofHours(2), Duration.ofHours(22), Duration.ofDays(29))) {
            clock.advance(age);
            file.save();
            assertThat(counts.sums().all().saved()).isEqualTo(young);
        }
        file.close();
        CallCounts again = open(Retention.DEFAULT);
        assertThat(again.sums().all().saved()).isEqualTo(young);

        clock.advance(Duration.ofDays(2));
        file.save();
        assertThat(again.sums().all().calls()).isZero();
    }

    @Test
    void dropsTheOldestSlotsBeyondItsSize() {
        CallCounts counts = open(new Retention(Retention.DEFAULT.steps(), 10));
        Instant began = clock.instant();
        for (int i = 0; i < 50; i++) {
            record(counts, STATUS, 200);
            clock.advance(Duration.ofSeconds(10));
        }
        file.save();

        assertThat(counts.sums().all().calls()).isEqualTo(10);
        assertThat(counts.sums(lastDay(), Duration.ofSeconds(10), series -> true)
                        .byTime()
                        .firstKey())
                .isEqualTo(began.plusSeconds(400));
    }

    @Test
    void countsEachCallOnceWhenManyThreadsRecordAndOneSaves() {
        CallCounts counts = open(Retention.DEFAULT);
        List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        record(counts, i % 2 == 0 ? STATUS : NOBODY, 200);
                    }
                }))
                .toList();
        while (!threads.stream().allMatch(CompletableFuture::isDone)) {
            file.save();
        }
        file.close();

        assertThat(open(Retention.DEFAULT).sums().all().calls()).isEqualTo(160_000);
    }

    private CallCounts open(Retention retention) {
        file = CounterFile.open(folder.resolve("counters.mv"));
        return CallCounts.open(file, retention, clock);
    }

    private void opensOrRefuses(Path broken) {
        try (CounterFile copy = CounterFile.open(broken)) {
            assertThat(CallCounts.open(copy, Retention.DEFAULT, clock)
                            .sums()
                            .all()
                            .calls())
                    .isLessThanOrEqualTo(20);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining(broken + " is damaged: ");
        }
    }

    private void record(CallCounts counts, Series series, int... statuses) {
        for (int status : statuses) {
            counts.record(new CountedCall(clock.instant(), series, status, 2_000_000, 1_500_000, 300));
        }
    }

    private TimeRange lastDay() {
        return new TimeRange(clock.instant().minus(Duration.ofDays(1)), clock.instant());
    }

    private static List<Long> results(Figures figures) {
        return Arrays.stream(Result.values()).map(figures::calls).toList();
    }
}
