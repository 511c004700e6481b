package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs of one file, against the real remote side: each of them for one of the moments that the work on it has. */
final class EveryPointRuns implements AutoCloseable {
    final RunParts rows = DatabaseFixture.shared().node("observer");
    private final RealRemote remote;
    private final Path folder;
    private final UnaryOperator<RunBuilder> more;

    /**
     * Writes the file and reaches out.
     *
     * @param container where the blobs are
     * @param more what is special about the runs
     */
    EveryPointRuns(String container, Path folder, UnaryOperator<RunBuilder> more) throws IOException {
        this(new RealRemote(container), folder, run -> more.apply(run.withTemplate("Target column", "text")));
    }

    /** The same over another far side, without parameters of the web service. */
    EveryPointRuns(RealRemote remote, Path folder, UnaryOperator<RunBuilder> more) throws IOException {
        this.remote = remote;
        this.folder = folder;
        this.more = more;
        Files.writeString(folder.resolve("day.csv"), "text\nThis is a good day\n");
    }

    /** A run that was accepted. */
    record Accepted(NewRun run, long id) {}

    /** The work of a node on a run, each sweep once. */
    @FunctionalInterface
    interface Work {
        void on(Accepted accepted, PipelineNode node);
    }

    Accepted accept() {
        NewRun run = more.apply(RunBuilder.aRun()
                        .withFiles(
                                List.of(new InputFile(folder.resolve("day.csv").toString(), "day.csv")))
                        .deliveredTo("${run.id}"))
                .build();
        return new Accepted(run, rows.runs().accept(run).id());
    }

    PipelineNode node(String name, InterceptionPoints interceptionPoints) {
        return remote.node(name, interceptionPoints, folder.resolve("delivered"));
    }

    /** Has another node see a run through. */
    State inherited(Accepted accepted) {
        return node("heir", InterceptionPoints.quiet())
                .finish(accepted.run, accepted.id)
                .state();
    }

    State state(Accepted accepted) {
        return rows.reader().find(accepted.id).orElseThrow().state();
    }

    AttemptView onlyAttempt(Accepted accepted) {
        List<AttemptView> attempts =
                rows.reader().scorings(accepted.id, 0, 10).getFirst().attempts();
        assertThat(attempts).as("one attempt").hasSize(1);
        return attempts.getFirst();
    }

    Path delivered(Accepted accepted) {
        return folder.resolve("delivered/" + accepted.id);
    }

    /** Nothing else lies where the output of an attempt is. */
    void isDeliveredAlone(Accepted accepted, AttemptView attempt) {
        Path file = Path.of(attempt.outputs().values().iterator().next().file());
        assertThat(delivered(accepted))
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining(f -> !f.equals(file));
    }

    /** A test for each moment of the work that passes when nothing happens. */
    Stream<DynamicTest> each(Work work, Consumer<List<String>> moments, IntConsumer test, String... except) {
        InterceptionPoints all = InterceptionPoints.quiet();
        Accepted accepted = accept();
        work.on(accepted, node("first", all));
        assertThat(state(accepted))
                .as(() -> String.valueOf(rows.reader().scorings(accepted.id, 0, 10)))
                .isEqualTo(State.FINISHED);
        moments.accept(all.passed);
        return IntStream.range(0, all.passed.size())
                .filter(i -> !List.of(except).contains(all.passed.get(i)))
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + all.passed.get(i), () -> test.accept(i)));
    }

    /** A node dies at that moment of its work on a run, and another one sees it through. */
    Accepted outlived(int moment, Work work) {
        Accepted accepted = accept();
        InterceptionPoints death = new InterceptionPoints(moment, () -> {
            throw new InterceptionPoints.Crash();
        });
        assertThatThrownBy(() -> work.on(accepted, node("dying", death))).isInstanceOf(InterceptionPoints.Crash.class);
        assertThat(inherited(accepted)).isEqualTo(State.FINISHED);
        return accepted;
    }

    /** A node sleeps at that moment, and wakes up when another one has seen the run through. */
    Accepted overslept(int moment, Work work) {
        Accepted accepted = accept();
        work.on(accepted, node("sleeping", new InterceptionPoints(moment, () -> inherited(accepted))));
        assertThat(state(accepted)).isEqualTo(State.FINISHED);
        return accepted;
    }

    /** A run is cancelled at that moment; returns whether it was live, and so has ended as cancelled. */
    boolean cancelled(Accepted accepted, int moment, Work work) {
        boolean[] live = new boolean[1];
        InterceptionPoints cancelling = new InterceptionPoints(
                moment, () -> live[0] = rows.cancellation().cancel(accepted.id, Actor.user("ada")));
        work.on(accepted, node("working", cancelling));
        assertThat(inherited(accepted)).isEqualTo(live[0] ? State.CANCELLED : State.FINISHED);
        return live[0];
    }

    @Override
    public void close() {
        remote.close();
    }
}
