package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.query.ScoringView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs whose files share jobs of Azure Machine Learning, as the sandbox plays it. */
final class FoldFixture implements AutoCloseable {
    static final List<String> COLUMNS = Stream.concat(
                    Stream.of("Col2"), IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i))
            .toList();

    final RunParts rows = DatabaseFixture.shared().node("observer");
    private final String container;
    private final Path folder;
    private final RealRemote remote;

    /**
     * Reaches out.
     *
     * @param folder where the files are
     * @param deployment what the rows of its predictions begin with
     */
    FoldFixture(String container, Path folder, String mode, String deployment) {
        this.container = container;
        this.folder = folder;
        Map<String, Object> endpoint =
                OrchestratorNode.azureml(RealRemote.ENDPOINT, "SimpleFeatureHashingExperiment", mode, container);
        String prefix = "orchestrator.endpoints." + RealRemote.ENDPOINT + ".azureml.";
        endpoint.put(prefix + "deployment", deployment);
        endpoint.put(
                prefix + "component",
                "/subscriptions/s/components/SimpleFeatureHashingExperiment/versions/" + deployment);
        this.remote = new RealRemote(container, endpoint, UnaryOperator.<RemoteJobs>identity());
    }

    /** A file with so many rows. */
    InputFile file(String name, int count) {
        StringBuilder text = new StringBuilder("Col2\n");
        IntStream.range(0, count).forEach(i -> text.append("day %d of %s\n".formatted(i, name)));
        return file(name, text.toString());
    }

    InputFile file(String name, String text) {
        try {
            return new InputFile(Files.writeString(folder.resolve(name), text).toString(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fold fold(int files) {
        return new Fold(files, 1_000_000, Duration.ZERO, "file", "row");
    }

    /** Accepts a run. */
    NewRun accept(List<InputFile> files, Fold by, UnaryOperator<RunBuilder> more) {
        List<String> columns =
                Stream.concat(Stream.of("file", "row"), COLUMNS.stream()).toList();
        NewRun run = more.apply(RunBuilder.aRun()
                        .withFiles(files)
                        .folded(by)
                        .withOutput("score", new Output(Rows.SAME, columns, Header.ABSENT))
                        .deliveredTo("${run.id}"))
                .build();
        rows.runs().accept(run);
        return run;
    }

    /** Accepts a run each of whose files has a job alone. */
    NewRun acceptOneByOne(List<InputFile> files) {
        NewRun run = RunBuilder.aRun()
                .withFiles(files)
                .withOutput("score", new Output(Rows.SAME, COLUMNS, Header.ABSENT))
                .deliveredTo("${run.id}")
                .build();
        rows.runs().accept(run);
        return run;
    }

    NewRun accept(List<InputFile> files, Fold by) {
        return accept(files, by, run -> run);
    }

    long id(NewRun run) {
        return rows.runs().existing(run.definition().name(), run.occurrence()).id();
    }

    /** A node that reads wrongly who shares a job. */
    PipelineNode broken(UnaryOperator<List<FoldMembers.Staged>> defect) {
        FoldMembers wrong = new FoldMembers(rows.jdbc()) {
            @Override
            public List<Staged> staged(Claim carrier) {
                return defect.apply(super.staged(carrier));
            }
        };
        RunParts parts = DatabaseFixture.shared().node("broken");
        return remote.node(parts.with(wrong), folder.resolve("delivered"));
    }

    PipelineNode node(String name, InterceptionPoints points) {
        return remote.node(name, points, folder.resolve("delivered"));
    }

    /** Works until the run has ended. */
    void finish(NewRun run) {
        finish(run, id(run));
    }

    /** Works on the endpoint of a run until another one has ended, too. */
    void finish(NewRun run, long until) {
        node("heir", InterceptionPoints.quiet()).finish(run, until);
    }

    /** What is delivered of each file, in their order. */
    List<String> delivered(NewRun run) {
        return scorings(id(run)).stream().map(FoldFixture::content).toList();
    }

    List<ScoringView> scorings(long run) {
        return rows.reader().scorings(run, 0, 5_000);
    }

    /** The runs that share jobs among the scorings of an endpoint. */
    List<Long> carriers(NewRun run) {
        return rows.jdbc()
                .sql(
                        "SELECT run_id FROM scoring WHERE endpoint = ? AND id IN (SELECT carrier_id FROM fold) ORDER BY id")
                .param(run.definition().endpoint())
                .query(Long.class)
                .list();
    }

    /** The jobs of a run that shares them. */
    RemoteJournal jobs(long carrier) {
        return RemoteJournal.of(TestEnvironment.sandbox().journal().entries(), container + "/out/" + carrier + "/");
    }

    /** Waits until the jobs of all carriers have ended. */
    void awaitJobs(NewRun run) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> carriers(run).stream()
                        .map(this::jobs)
                        .allMatch(jobs -> jobs.jobs().stream()
                                .allMatch(job -> List.of("Finished", "Cancelled", "Failed")
                                        .contains(jobs.end(job)))));
    }

    /** Each sweep once; with another look for the scorings that come out of a shared job. */
    void work(NewRun run, PipelineNode node) {
        node.launch(run);
        awaitJobs(run);
        rows.letTimePass(run);
        node.track(run);
        rows.letTimePass(run);
        node.collect(run);
        rows.letTimePass(run);
        node.collect(run);
    }

    static String content(ScoringView scoring) {
        try {
            assertThat(scoring.attempts()).as(scoring.cause()).isNotEmpty();
            return Files.readString(Path.of(scoring.attempts()
                    .getLast()
                    .outputs()
                    .values()
                    .iterator()
                    .next()
                    .file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remote.close();
    }
}
