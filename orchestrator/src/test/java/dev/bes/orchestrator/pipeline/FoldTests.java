package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.run.shadow.ShadowView;
import dev.bes.orchestrator.run.shadow.Verdict;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.StateTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files share one job: each has the output that it would have alone, and fails alone. */
@Tag("slow")
class FoldTests {
    private static final BatchEndpointSettings MANY_CALLS =
            BatchEndpointSettings.DEFAULT.withArmLimits(new ArmLimits(100_000, 1_000, 100_000, 1_000));

    @TempDir
    static Path folder;

    private static FoldFixture named;
    private static FoldFixture invoked;
    private static FoldFixture plain;

    @BeforeAll
    static void reachOut() {
        TestEnvironment.sandbox().batchEndpoints(MANY_CALLS);
        named = new FoldFixture("folds", folder, "named", "numbered-lines");
        invoked = new FoldFixture("folds", folder, "invoke", "numbered-lines");
        plain = new FoldFixture("folds", folder, "invoke", "lines");
    }

    @AfterAll
    static void hangUp() {
        named.close();
        invoked.close();
        plain.close();
        TestEnvironment.sandbox().batchEndpoints(BatchEndpointSettings.DEFAULT);
    }

    private static List<InputFile> files(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> named.file("f" + i + ".csv", 1 + i % 4))
                .toList();
    }

    private static State state(NewRun run) {
        return named.rows.reader().find(named.id(run)).orElseThrow().state();
    }

    private static List<String> causes(NewRun run) {
        return named.rows.reader().history(named.id(run), 1_000).stream()
                .map(HistoryEntry::cause)
                .map(String::valueOf)
                .toList();
    }

    private static void lose(int lost) {
        TestEnvironment.sandbox().batchEndpoints(MANY_CALLS.withLostRows(lost));
    }

    @Test
    void deliversTwentyFilesOfOneJobAsOneByOne() {
        List<InputFile> files = files(20);
        NewRun alone = plain.acceptOneByOne(files);
        plain.finish(alone);
        for (FoldFixture fixture : List.of(named, invoked)) {
            NewRun run = fixture.accept(files, FoldFixture.fold(500));

            fixture.work(run, fixture.node("a", InterceptionPoints.quiet()));

            assertThat(state(run))
                    .as(() -> named.scorings(named.id(run)).toString())
                    .isEqualTo(State.FINISHED);
            assertThat(fixture.carriers(run)).singleElement().satisfies(carrier -> {
                assertThat(fixture.jobs(carrier).jobs()).hasSize(1);
                assertThat(fixture.rows.reader().find(carrier).orElseThrow().state())
                        .isEqualTo(State.FINISHED);
            });
            assertThat(fixture.delivered(run)).isEqualTo(plain.delivered(alone));
            String job = fixture.jobs(fixture.carriers(run).getFirst())
                    .jobs()
                    .iterator()
                    .next();
            assertThat(causes(run))
                    .filteredOn(cause -> cause.startsWith("in job " + job + ", which run "))
                    .hasSize(20);
        }
    }

    @Test
    void fillsFoldsOfSoManyFilesFromSeveralRuns() {
        NewRun first = named.accept(
                files(3), FoldFixture.fold(4), run -> run.of("filled").on("filled"));
        NewRun second = named.accept(
                files(3), FoldFixture.fold(4), run -> run.of("filled").on("filled"));

        named.finish(first);
        named.finish(second);

        assertThat(named.carriers(first)).hasSize(2);
        assertThat(state(first)).isEqualTo(State.FINISHED);
        assertThat(state(second)).isEqualTo(State.FINISHED);
    }

    @Test
    void keepsParametersApart() {
        NewRun first = named.accept(
                files(1),
                FoldFixture.fold(4),
                run -> run.of("apart")
                        .on("apart")
                        .withTemplate("p", "${request.p}")
                        .withValue("p", "1"));
        named.accept(
                files(1),
                FoldFixture.fold(4),
                run -> run.of("apart")
                        .on("apart")
                        .withTemplate("p", "${request.p}")
                        .withValue("p", "2"));

        named.rows.folds().gather();

        assertThat(named.carriers(first)).hasSize(2);
    }

    @Test
    void startsAnotherJobForRowsThatDoNotFit() {
        NewRun run = named.accept(
                List.of(named.file("r5.csv", 5), named.file("r3.csv", 3), named.file("r9.csv", 9)),
                new Fold(500, 8, Duration.ZERO, "file", "row"));

        named.finish(run);

        assertThat(state(run)).isEqualTo(State.FINISHED);
        assertThat(named.carriers(run)).hasSize(2);
        assertThat(named.scorings(named.id(run)))
                .allSatisfy(scoring -> assertThat(scoring.attempts()).hasSize(1));
    }

    @Test
    void waitsForMoreFilesAndNoLongerThanSaid() {
        Fold patient = new Fold(3, 1_000_000, Duration.ofHours(1), "file", "row");
        NewRun run = named.accept(files(2), patient, its -> its.of("patient").on("patient"));
        named.rows.folds().gather();
        assertThat(named.rows.dueTimes().next(List.of("patient")))
                .singleElement()
                .satisfies(due -> assertThat(due.in()).isGreaterThan(Duration.ofMinutes(50)));

        named.accept(files(1), patient, its -> its.of("patient").on("patient"));
        named.rows.folds().gather();

        assertThat(named.rows.dueTimes().next(List.of("patient")))
                .singleElement()
                .satisfies(due -> assertThat(due.in()).isLessThanOrEqualTo(Duration.ZERO));
        assertThat(named.carriers(run)).hasSize(1);
    }

    @Test
    void failsABadFileAlone() {
        List<InputFile> files = new ArrayList<>(files(4));
        files.set(1, named.file("bad.csv", "Col2\na,b\n"));
        NewRun run = named.accept(files, FoldFixture.fold(500));

        named.finish(run);

        assertThat(named.scorings(named.id(run)))
                .extracting(ScoringView::state)
                .containsExactly(State.FINISHED, State.FAILED, State.FINISHED, State.FINISHED);
        assertThat(named.scorings(named.id(run)).get(1).cause())
                .isEqualTo("Input 'input1' (bad.csv) line 2 has 2 fields, the header has 1");
    }

    @Test
    void endsWithoutAJobIfAllFilesAreBad() {
        NewRun run = named.accept(
                List.of(named.file("bad1.csv", "Col2\na,b\n"), named.file("bad2.csv", "Col2\n")),
                FoldFixture.fold(500));

        named.finish(run);

        assertThat(state(run)).isEqualTo(State.FAILED);
        long carrier = named.carriers(run).getFirst();
        assertThat(named.jobs(carrier).jobs()).isEmpty();
        assertThat(named.rows.reader().find(carrier).orElseThrow().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void namesTheRowsThatAreLostAndRepeatsOnlyTheirFiles() {
        List<InputFile> files = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> named.file("lost" + i + ".csv", 3))
                .toList();
        NewRun run = named.accept(files, FoldFixture.fold(500), its -> its.withAttempts(2));
        lose(3);
        try {
            named.work(run, named.node("a", InterceptionPoints.quiet()));
        } finally {
            lose(0);
        }
        assertThat(causes(run))
                .filteredOn(cause -> cause.matches("row 1 of lost[1-4][.]csv is missing in the answer"))
                .hasSize(3);

        named.finish(run);

        assertThat(state(run)).isEqualTo(State.FINISHED);
        assertThat(named.carriers(run)).hasSize(2);
        assertThat(named.scorings(named.id(run)))
                .extracting(scoring -> scoring.attempts().size())
                .containsExactlyInAnyOrder(2, 2, 2, 1);
    }

    /** A node dies when their job has been created, and three rows are lost. */
    @Test
    void scoresAThousandFilesByOneJobAndRepeatsWhatIsMissing() {
        List<InputFile> files = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> named.file("many" + i + ".csv", 2))
                .toList();
        NewRun run = named.accept(files, FoldFixture.fold(1_000), its -> its.withAttempts(2));
        InterceptionPoints death = new InterceptionPoints(-1, () -> {}) {
            @Override
            public void pass(String moment) {
                if (moment.equals("after create")) {
                    throw new Crash();
                }
            }
        };
        lose(3);
        try {
            assertThatThrownBy(() -> named.node("dying", death).launch(run))
                    .isInstanceOf(InterceptionPoints.Crash.class);
            named.rows.letTimePass(run);
            named.work(run, named.node("heir", InterceptionPoints.quiet()));
        } finally {
            lose(0);
        }
        long first = named.carriers(run).getFirst();
        assertThat(named.jobs(first).jobs()).hasSize(1);
        assertThat(named.rows.reader().history(named.id(run), 10_000))
                .extracting(entry -> String.valueOf(entry.cause()))
                .filteredOn(cause -> cause.matches("row 1 of many[0-9]+[.]csv is missing in the answer"))
                .hasSize(3);

        named.finish(run);

        assertThat(state(run)).isEqualTo(State.FINISHED);
        assertThat(named.carriers(run)).hasSize(2);
        List<ScoringView> scorings = named.scorings(named.id(run));
        assertThat(scorings)
                .filteredOn(scoring -> scoring.attempts().size() == 1)
                .hasSize(997);
        assertThat(scorings)
                .allSatisfy(scoring -> assertThat(FoldFixture.content(scoring))
                        .contains("day 0 of many%d.csv,".formatted(scoring.position()))
                        .contains("day 1 of many%d.csv,".formatted(scoring.position())));
    }

    @Test
    void failsAfterTheLastAttempt() {
        NewRun run = named.accept(List.of(named.file("short.csv", 3)), FoldFixture.fold(500));
        lose(2);
        try {
            named.finish(run);
        } finally {
            lose(0);
        }
        assertThat(named.scorings(named.id(run)))
                .singleElement()
                .satisfies(scoring ->
                        assertThat(scoring.cause()).isEqualTo("rows 1 and 2 of short.csv are missing in the answer"));
    }

    @Test
    void goesOnWithoutAScoringThatIsCancelled() {
        List<InputFile> files = files(2);
        NewRun run =
                named.accept(files, FoldFixture.fold(500), its -> its.of("left").on("left"));
        NewRun other =
                named.accept(files, FoldFixture.fold(500), its -> its.of("left").on("left"));
        PipelineNode node = named.node("a", InterceptionPoints.quiet());
        node.launch(run);

        named.rows.cancellation().cancel(named.id(run), Actor.user("ada"));

        assertThat(state(run)).isEqualTo(State.CANCELLED);
        named.finish(other);
        assertThat(state(other)).isEqualTo(State.FINISHED);
        assertThat(named.carriers(run))
                .singleElement()
                .satisfies(carrier ->
                        assertThat(named.jobs(carrier).of(Event.DELETE)).isEmpty());
        assertThat(named.scorings(named.id(run)))
                .allSatisfy(scoring -> assertThat(scoring.state()).isEqualTo(State.CANCELLED));
    }

    @Test
    void cancelsTheJobThatNobodyNeeds() {
        NewRun run = named.accept(files(2), FoldFixture.fold(500));
        PipelineNode node = named.node("a", InterceptionPoints.quiet());
        TestEnvironment.sandbox()
                .batchEndpoints(MANY_CALLS.withStateTimes(new StateTimes(
                        Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO)));
        try {
            node.launch(run);
            named.rows.cancellation().cancel(named.id(run), Actor.user("ada"));
            long carrier = named.carriers(run).getFirst();
            for (int i = 0;
                    i < 20
                            && !named.rows
                                    .reader()
                                    .find(carrier)
                                    .orElseThrow()
                                    .state()
                                    .ended();
                    i++) {
                named.rows.letTimePass(run);
                node.track(run);
            }
            assertThat(named.jobs(carrier).of(Event.DELETE)).isNotEmpty();
        } finally {
            TestEnvironment.sandbox().batchEndpoints(MANY_CALLS);
        }
        assertThat(state(run)).isEqualTo(State.CANCELLED);
    }

    @Test
    void triesAgainWhenTheRunIsCancelledThatHasTheJob() {
        NewRun run = named.accept(files(2), FoldFixture.fold(500), its -> its.withAttempts(2));
        PipelineNode node = named.node("a", InterceptionPoints.quiet());
        node.launch(run);

        named.rows.cancellation().cancel(named.carriers(run).getFirst(), Actor.user("ada"));
        named.finish(run);

        assertThat(state(run)).isEqualTo(State.FINISHED);
        assertThat(named.carriers(run)).hasSize(2);
    }

    /** The shadow of each file has a job alone, whose rows do not name their file. */
    @Test
    void haveEachFileComparedByAnEndpointThatSharesNoJobs() {
        NewRun run = named.accept(
                files(3),
                FoldFixture.fold(500),
                its -> its.shadowedBy(new Shadow("shadow-of-folds", 100, 0, Map.of(), Header.ABSENT)));
        named.finish(run);
        NewRun shadow = NewRun.scheduled(
                run.definition().asShadow(), "none", Instant.EPOCH, ZoneOffset.UTC, Map.of(), List.of());
        ShadowReader reader = new ShadowReader(named.rows.jdbc());
        List<ShadowView> begun = reader.list(named.id(run), false, null, 10);
        begun.forEach(view -> plain.finish(shadow, Objects.requireNonNull(view.shadowRun())));

        assertThat(named.carriers(run)).hasSize(1);
        assertThat(plain.carriers(shadow)).isEmpty();
        assertThat(reader.list(named.id(run), false, null, 10))
                .hasSize(3)
                .allSatisfy(view -> assertThat(view.verdict()).as(view.cause()).isEqualTo(Verdict.SAME));
    }
}
