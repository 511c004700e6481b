package dev.bes.orchestrator.pipeline.collect;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.InMemoryStore;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTests {
    private static final Output SAME = new Output(Rows.SAME, List.of("score"));
    private static final String GOOD = "score\n1\n2\n";

    private final InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();
    private final InMemoryStore lake = new InMemoryStore();
    private final Path root;
    private final StepFixture stepFixture;
    private final RecentBlobs recent;

    FetchTests(@TempDir Path root) {
        this.root = root;
        this.stepFixture = new StepFixture(root);
        this.recent = new RecentBlobs(stepFixture.jobs);
    }

    private static String blob(String output) {
        return "out/7/3-1/" + NONCE + "/" + output + ".csv";
    }

    private static ClaimBuilder scored() {
        return aClaim(Step.SCORED).output("output1", SAME);
    }

    private Outcome fetch(ClaimBuilder claim) {
        return fetch(stepFixture.disk.threads, claim);
    }

    private Outcome fetch(FileThreads threads, ClaimBuilder claim) {
        ContainerDelivery containerDelivery = new ContainerDelivery(lake, stepFixture.disk.threads);
        return new Fetch(
                        inMemoryBlobs,
                        recent,
                        new OutputDelivery(stepFixture.settings),
                        containerDelivery,
                        new StreamedDelivery(inMemoryBlobs, recent, lake, containerDelivery),
                        StepFixture.noShadows(),
                        stepFixture.retryPolicy,
                        threads,
                        stepFixture.disk,
                        stepFixture.rows.folded(),
                        stepFixture.settings)
                .fetch(claim.build());
    }

    private List<String> files() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void deliversWhatIsGood() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        Move move = StepFixture.move(fetch(scored()));

        assertThat(move.to().step()).isEqualTo(Step.DELIVERED);
        assertThat(files()).containsExactly("there/7-3-my_day.output1.csv");
        assertThat(root.resolve("there/7-3-my_day.output1.csv")).hasContent(GOOD);
        assertThat(String.valueOf(move.fact())).contains(blob("output1"), "rows=2", "bytes=10");
    }

    @Test
    void readsNothingBackThatThisNodeHasJustWritten() {
        stepFixture.jobs.rows = new RowsFake(new Limits(2, 1000, 1));
        recent.add(scored().build(), blob("output1"), GOOD.getBytes(UTF_8));

        assertThat(StepFixture.move(fetch(scored())).to().step()).isEqualTo(Step.DELIVERED);
        assertThat(root.resolve("there/7-3-my_day.output1.csv"))
                .as("it is nowhere else")
                .hasContent(GOOD);
    }

    @Test
    void givesAFileWithoutAHeaderTheColumnsOfItsDefinition() {
        inMemoryBlobs.with(blob("output1"), "1,a\n2,b\n");
        Output headless = new Output(Rows.SAME, List.of("score, rounded", "name"), Output.Header.ABSENT);
        Move move = StepFixture.move(fetch(aClaim(Step.SCORED).output("output1", headless)));

        assertThat(move.to().step()).isEqualTo(Step.DELIVERED);
        assertThat(root.resolve("there/7-3-my_day.output1.csv")).hasContent("\"score, rounded\",name\n1,a\n2,b\n");
        assertThat(String.valueOf(move.fact())).contains("rows=2");
    }

    @Test
    void findsRowsThatAFileWithoutAHeaderHasLost() {
        inMemoryBlobs.with(blob("output1"), "1\n");
        Output headless = new Output(Rows.SAME, List.of("score"), Output.Header.ABSENT);
        Move move = StepFixture.move(fetch(aClaim(Step.SCORED).output("output1", headless)));

        assertThat(move.cause()).contains("Output 'output1' has 1 rows for 2 rows of input; it is not delivered");
        assertThat(files()).isEmpty();
    }

    @Test
    void findsColumnsThatAFileWithoutAHeaderHasTooMany() {
        inMemoryBlobs.with(blob("output1"), "1,a\n2,b\n");
        Output headless = new Output(Rows.SAME, List.of("score"), Output.Header.ABSENT);
        Move move = StepFixture.move(fetch(aClaim(Step.SCORED).output("output1", headless)));

        assertThat(move.cause()).contains("line 2");
        assertThat(files()).isEmpty();
    }

    @Test
    void replacesNothingThatIsThereAndSaysWhereItDelivered() throws IOException {
        Files.createDirectories(root.resolve("there"));
        Files.writeString(root.resolve("there/7-3-my_day.output1.csv"), "of run 7 before the database was restored");
        inMemoryBlobs.with(blob("output1"), GOOD);

        Move move = StepFixture.move(fetch(scored()));
        assertThat(root.resolve("there/7-3-my_day.output1.csv"))
                .hasContent("of run 7 before the database was restored");
        assertThat(root.resolve("there/7-3-my_day.output1-2.csv")).hasContent(GOOD);
        assertThat(move.cause())
                .contains("'7-3-my_day.output1-2.csv'", "another file exists at", "files are never replaced");
        assertThat(String.valueOf(move.fact())).contains("7-3-my_day.output1-2.csv");
    }

    @Test
    void deliversOnceWhatADeadNodeHadDeliveredAlready() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        StepFixture.move(fetch(scored()));

        Move again = StepFixture.move(fetch(scored()));
        assertThat(files()).containsExactly("there/7-3-my_day.output1.csv");
        assertThat(again.cause()).isNull();
    }

    @Test
    void putsOutputsIntoAContainerBesidesTheFolder() {
        inMemoryBlobs.with(blob("output1"), GOOD);

        Move move = StepFixture.move(fetch(scored().putInto("scored/")));
        assertThat(lake.blobs).containsExactly(Map.entry("lake/scored/there/7-3-my_day.output1.csv", GOOD));
        assertThat(files()).containsExactly("there/7-3-my_day.output1.csv");
        assertThat(move.cause()).isEqualTo("Output 'output1' is also in 'lake/scored/there/7-3-my_day.output1.csv'");
    }

    @Test
    void putsNothingTwiceAfterACrashAtAnyPoint() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        // the node died before the folder got its file
        lake.blobs.put("lake/scored/there/7-3-my_day.output1.csv", GOOD);
        StepFixture.move(fetch(scored().putInto("scored/")));
        // it died before the move was committed
        StepFixture.move(fetch(scored().putInto("scored/")));

        assertThat(lake.blobs).hasSize(1);
        assertThat(files()).hasSize(1);
    }

    @Test
    void replacesNoBlob() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        lake.blobs.put("lake/there/7-3-my_day.output1.csv", "of run 7 before the database was restored");

        Move move = StepFixture.move(fetch(scored().putInto("")));
        assertThat(lake.blobs)
                .containsEntry("lake/there/7-3-my_day.output1.csv", "of run 7 before the database was restored")
                .containsEntry("lake/there/7-3-my_day.output1-2.csv", GOOD);
        assertThat(move.cause()).contains("output1-2.csv");
    }

    @Test
    void deliversNothingIntoTheFolderWhileTheContainerIsAway() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        lake.trouble = new RemoteException.NotFound("no container");

        var later = StepFixture.later(fetch(scored().putInto("scored/")));
        assertThat(later.failure()).contains("no container");
        assertThat(files()).isEmpty();
    }

    @Test
    void putsOutputsIntoAContainerInPlaceOfTheFolder() {
        stepFixture.disk.without(SharedFolder.DELIVERY_ROOT);
        inMemoryBlobs.with(blob("output1"), GOOD).with(blob("output2"), GOOD);

        Move move = StepFixture.move(fetch(scored().output("output2", SAME).putOnlyInto("scored/")));
        assertThat(lake.blobs)
                .containsExactly(
                        Map.entry("lake/scored/there/7-3-my_day.output1.csv", GOOD),
                        Map.entry("lake/scored/there/7-3-my_day.output2.csv", GOOD));
        assertThat(files()).isEmpty();
        assertThat(move.cause()).startsWith("Output 'output1' is in 'lake/scored/there/7-3-my_day.output1.csv'; ");
        assertThat(String.valueOf(move.fact())).contains("rows=2", "bytes=10", "path=scored/there/7-3-my_day.output2");
    }

    @Test
    void putsNothingTwiceAfterACrashWithoutAFolder() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        StepFixture.move(fetch(scored().putOnlyInto("")));
        // it died before the move was committed
        StepFixture.move(fetch(scored().putOnlyInto("")));

        assertThat(lake.blobs).containsExactly(Map.entry("lake/there/7-3-my_day.output1.csv", GOOD));
    }

    @Test
    void replacesNoBlobWithoutAFolder() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        lake.blobs.put("lake/there/7-3-my_day.output1.csv", "of run 7 before the database was restored");

        Move move = StepFixture.move(fetch(scored().putOnlyInto("")));
        assertThat(lake.blobs)
                .containsEntry("lake/there/7-3-my_day.output1.csv", "of run 7 before the database was restored")
                .containsEntry("lake/there/7-3-my_day.output1-2.csv", GOOD);
        assertThat(move.cause()).isEqualTo("Output 'output1' is in 'lake/there/7-3-my_day.output1-2.csv'");
    }

    @Test
    void putsTheHeaderInFrontOfAnOutputInAContainer() {
        inMemoryBlobs.with(blob("output1"), "1\n2\n");
        Output headless = new Output(Rows.SAME, List.of("score"), Output.Header.ABSENT);

        StepFixture.move(fetch(aClaim(Step.SCORED).output("output1", headless).putOnlyInto("")));
        assertThat(lake.blobs).containsExactly(Map.entry("lake/there/7-3-my_day.output1.csv", GOOD));
    }

    @Test
    void putsNothingIntoAContainerUntilAllOutputsAreGood() {
        inMemoryBlobs.with(blob("output1"), GOOD).with(blob("output2"), "score\n1\n");
        assertThat(StepFixture.failure(fetch(scored().output("output2", SAME).putOnlyInto(""))))
                .startsWith("Output 'output2' has 1 rows");

        inMemoryBlobs.blobs.remove(blob("output2"));
        StepFixture.later(fetch(scored().output("output2", SAME).putOnlyInto("")));
        inMemoryBlobs.cutAfter = 7;
        assertThat(StepFixture.later(fetch(scored().putOnlyInto(""))).failure()).contains("the line is cut");
        assertThat(lake.blobs).isEmpty();
    }

    @Test
    void waitsForTheContainerThatTakesThePlaceOfTheFolder() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        lake.trouble = new RemoteException.NotFound("no container");

        var later = StepFixture.later(fetch(scored().since(Duration.ofDays(2)).putOnlyInto("")));
        assertThat(later.failure()).isEqualTo("Fetching is retried later: no container");
    }

    @Test
    void takesBlobsBackOfAScoringThatWasCancelledMeanwhile() throws Exception {
        ContainerDelivery delivery = new ContainerDelivery(lake, stepFixture.disk.threads);
        Claim claim = scored().putInto("scored/").build();
        Path file = Files.writeString(root.resolve("output.part"), GOOD);
        delivery.deliver(
                claim,
                Map.of("output1", new OutputDelivery.TemporaryFile(file, root.resolve("7-3.output1.csv"))),
                Map.of("output1", new DeliveredOutput("blob", "path", 2, GOOD.length(), Sha256.of(GOOD))));
        assertThat(lake.blobs).hasSize(1);
        delivery.withdraw(claim);

        assertThat(lake.blobs).isEmpty();
    }

    @Test
    void replacesNoLinkAndNoFolderEither() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "s");
        Files.createDirectories(root.resolve("there/7-3-my_day.output1-2.csv"));
        Files.createSymbolicLink(root.resolve("there/7-3-my_day.output1.csv"), secret);
        inMemoryBlobs.with(blob("output1"), GOOD);

        StepFixture.move(fetch(scored()));
        assertThat(secret).hasContent("s");
        assertThat(root.resolve("there/7-3-my_day.output1-3.csv")).hasContent(GOOD);
    }

    @Test
    void deliversNothingIntoAFolderThatIsNotTheSharedOne() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        stepFixture.disk.without(SharedFolder.DELIVERY_ROOT);

        var later = StepFixture.later(fetch(scored()));
        assertThat(later.failure()).as("it has suffered nothing").isNull();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void waitsForAnOutputThatIsNotThereYet() {
        var later = StepFixture.later(fetch(scored().since(StepFixture.OUTPUT_WAIT)));

        assertThat(later.failure()).isEqualTo("The output is not there yet: no blob " + blob("output1"));
        assertThat(files()).isEmpty();
    }

    @Test
    void doesNotWaitForEver() {
        assertThat(StepFixture.failure(fetch(scored().since(StepFixture.OUTPUT_WAIT.plusSeconds(1)))))
                .startsWith("The remote job finished, but its output did not appear within 50 s: no blob");
    }

    @Test
    void tooFewRowsAreNotDelivered() {
        inMemoryBlobs.with(blob("output1"), "score\n1\n");

        assertThat(StepFixture.failure(fetch(scored())))
                .isEqualTo("Output 'output1' has 1 rows for 2 rows of input; it is not delivered");
        assertThat(files()).isEmpty();
    }

    @Test
    void takesAnyRowsWhereTheDefinitionDoes() {
        inMemoryBlobs.with(blob("output1"), "score\n1\n");

        StepFixture.move(fetch(aClaim(Step.SCORED).output("output1", new Output(Rows.ANY, List.of()))));
        assertThat(files()).hasSize(1);
    }

    @Test
    void anotherHeaderIsNotDelivered() {
        inMemoryBlobs.with(blob("output1"), "points\n1\n2\n");

        assertThat(StepFixture.failure(fetch(scored())))
                .isEqualTo("Output 'output1' has no column 'score'; its header is: 'points'");
        assertThat(files()).isEmpty();
    }

    @Test
    void anOutputWithAHoleIsNotDelivered() {
        inMemoryBlobs.with(blob("output1"), "score\n1\n\0\0\0\n");

        assertThat(StepFixture.failure(fetch(scored())))
                .startsWith(
                        "Output 'output1' line 3, column 1 holds U+0000 (NUL), a control character; the file is damaged");
        assertThat(files()).isEmpty();
    }

    @Test
    void deliversAllColumnsThatTheServiceAddsToTheWidestInput() {
        String more = ",n".repeat(1 << 16);
        inMemoryBlobs.with(blob("output1"), "score" + more + "\n" + ("1" + more + "\n").repeat(2));

        StepFixture.move(fetch(scored()));
        assertThat(files()).hasSize(1);
    }

    @Test
    void aBadOutputIsTriedAgainIfItMay() {
        inMemoryBlobs.with(blob("output1"), "");
        Move move = StepFixture.move(fetch(scored().attempt(1, 2)));

        assertThat(move.attempt()).isEqualTo(2);
        assertThat(move.cause()).isEqualTo("Output 'output1' is empty");
    }

    @Test
    void deliversNothingWhenTheSecondOfTwoIsBad() {
        inMemoryBlobs.with(blob("output1"), GOOD).with(blob("output2"), "score\n1\n");

        assertThat(StepFixture.failure(fetch(scored().output("output2", SAME))))
                .startsWith("Output 'output2' has 1 rows");
        assertThat(files()).isEmpty();
    }

    @Test
    void deliversNothingWhileTheSecondOfTwoIsMissing() {
        inMemoryBlobs.with(blob("output1"), GOOD);

        StepFixture.later(fetch(scored().output("output2", SAME)));
        assertThat(files()).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAway() {
        inMemoryBlobs.trouble = new RemoteException.Unavailable("away");
        var later = StepFixture.later(fetch(scored().since(Duration.ofDays(2)).failures(1)));

        assertThat(later.failure()).isEqualTo("Fetching is retried later: away");
        assertThat(later.due()).isEqualTo(Duration.ofSeconds(2));
        assertThat(files()).isEmpty();
    }

    @Test
    void checksAnOutputAnewThatIsSentAnew() {
        inMemoryBlobs.with(blob("output1"), GOOD);
        inMemoryBlobs.cutAfter = 7;
        assertThat(StepFixture.later(fetch(scored())).failure())
                .isEqualTo("Fetching is retried later: the line is cut");
        assertThat(files()).as("no half of it").isEmpty();

        inMemoryBlobs.cutAfter = Long.MAX_VALUE;
        assertThat(String.valueOf(StepFixture.move(fetch(scored())).fact())).contains("rows=2", "bytes=10");
    }

    @Test
    void readsNoFileThatItHasFetched() {
        List<String> operations = new ArrayList<>();
        FileThreads threads = new FileThreads(stepFixture.disk.work, stepFixture.disk.settings) {
            @Override
            public <T extends @Nullable Object, E extends Exception> T call(Use use, String what, Task<T, E> task)
                    throws IOException, E {
                operations.add(what.substring(0, what.indexOf(' ')));
                return super.call(use, what, task);
            }
        };
        inMemoryBlobs.with(blob("output1"), GOOD + "3\n".repeat(200_000));
        Outcome outcome = fetch(threads, aClaim(Step.SCORED).output("output1", new Output(Rows.ANY, List.of("score"))));

        assertThat(String.valueOf(StepFixture.move(outcome).fact())).contains("rows=200002");
        assertThat(new LinkedHashSet<>(operations)).containsExactly("Opening", "Writing", "Delivering");
    }

    @Test
    void needsAttentionAtOnceWhereWaitingDoesNotHelp() throws IOException {
        inMemoryBlobs.with(blob("output1"), GOOD);
        Files.writeString(root.resolve("there"), "a file where the folder should be");

        for (String folder : List.of("there", "there/below", "x".repeat(256), "a/" + "ü".repeat(128), "a\0b", "../b")) {
            Move move = StepFixture.move(fetch(scored().deliveredTo(folder)));
            assertThat(String.valueOf(move.fact())).as(folder).contains(Attention.CANNOT_DELIVER.name());
            assertThat(move.cause())
                    .startsWith("The outputs are scored and can't be delivered: ")
                    .contains("delivery.folder", "orchestrator.pipeline.delivery-root", "resume");
        }
        Files.delete(root.resolve("there"));
        assertThat(StepFixture.move(fetch(scored())).to().step())
                .as("when it is resumed")
                .isEqualTo(Step.DELIVERED);
    }
}
