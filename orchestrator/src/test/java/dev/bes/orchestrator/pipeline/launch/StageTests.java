package dev.bes.orchestrator.pipeline.launch;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StageTests {
    @TempDir
    Path folder;

    private final StepFixture stepFixture = new StepFixture();
    private final InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();

    private Outcome stage(ClaimBuilder claim) {
        return stepFixture.stage(inMemoryBlobs).stage(claim.build());
    }

    private ClaimBuilder day(String content) throws IOException {
        return aClaim(Step.PLANNED)
                .file(Files.writeString(folder.resolve("day.csv"), content).toString());
    }

    @Test
    void uploadsTheFile() throws IOException {
        Move move = StepFixture.move(stage(day("text\na\nb\nc\n")));

        assertThat(move.to().step()).isEqualTo(Step.STAGED);
        assertThat(String.valueOf(move.fact())).contains("rowsIn=3");
        assertThat(inMemoryBlobs.blobs).hasSize(1).allSatisfy((path, bytes) -> {
            assertThat(path).matches("in/7/3-1/[0-9a-f-]{36}/input1\\.csv");
            assertThat(bytes).asString().isEqualTo("text\na\nb\nc\n");
        });
    }

    @Test
    void takesAnotherPlaceForEveryTry() throws IOException {
        ClaimBuilder claim = day("text\na\n");

        StepFixture.move(stage(claim));
        StepFixture.move(stage(claim));

        assertThat(inMemoryBlobs.blobs).hasSize(2);
    }

    @Test
    void uploadsAFileOfManyBlocks() throws IOException {
        String text = "text\n" + "a good day\n".repeat(1_200_000);

        Move move = StepFixture.move(stage(day(text)));

        assertThat(String.valueOf(move.fact())).contains("rowsIn=1200000");
        assertThat(inMemoryBlobs.blobs.values())
                .singleElement()
                .satisfies(blob -> assertThat(blob).isEqualTo(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void uploadsNothingOfAFileThatIsBadAtItsEnd() throws IOException {
        AtomicInteger blocks = new AtomicInteger();
        inMemoryBlobs.between = blocks::incrementAndGet;

        assertThat(StepFixture.failure(stage(day("text\n" + "a good day\n".repeat(1_200_000) + "a,b\n"))))
                .endsWith(" line 1200002 has 2 fields, the header has 1");
        assertThat(blocks).as("was half-way up").hasPositiveValue();
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void uploadsNothingOfAFileWithoutRows() throws IOException {
        assertThat(StepFixture.failure(stage(day("text\n"))))
                .isEqualTo("Input 'input1' (my day.csv) has a header but no rows");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    private Outcome stage(ClaimBuilder claim, HealthyFolders disk) {
        return new Stage(
                        inMemoryBlobs,
                        stepFixture.retryPolicy,
                        StepFixture.opener(disk),
                        disk.threads,
                        stepFixture.rows.folded(),
                        new ConcurrentCalls(stepFixture.settings),
                        new RecentBlobs(stepFixture.jobs),
                        stepFixture.settings)
                .stage(claim.build());
    }

    @Test
    void leavesToOthersWhatItCannotSee() {
        HealthyFolders without = new HealthyFolders(folder).without(SharedFolder.DROP_ROOT);
        ClaimBuilder claim =
                aClaim(Step.PLANNED).file(folder.resolve("nowhere.csv").toString());

        var later = StepFixture.later(stage(claim, without));
        assertThat(later.failure()).as("it has suffered nothing").isNull();
        assertThat(later.due()).isLessThanOrEqualTo(StepFixture.POLL_MIN);

        assertThat(StepFixture.failure(stage(claim, new HealthyFolders(folder))))
                .as("where it would be seen")
                .startsWith("Input 'input1' (my day.csv) is no longer there: ")
                .endsWith(", in the folder of orchestrator.trigger.drop-root");
    }

    private static Stream<Harm> harms() {
        return Stream.of(
                file -> Files.writeString(file, "b\n", StandardOpenOption.APPEND),
                file -> Files.setLastModifiedTime(file, FileTime.fromMillis(1)),
                file -> Files.copy(
                        Files.writeString(file.resolveSibling("other.csv"), "text\nb\n"),
                        file,
                        StandardCopyOption.REPLACE_EXISTING));
    }

    /** What somebody does to a file while it is read. */
    private interface Harm {
        void befall(Path file) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("harms")
    void uploadsNothingOfAFileThatChangesWhileItIsRead(Harm harm) throws IOException {
        ClaimBuilder claim = day("text\na\n");
        inMemoryBlobs.between = () -> {
            try {
                harm.befall(folder.resolve("day.csv"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThat(StepFixture.failure(stage(claim)))
                .isEqualTo("Input 'input1' (my day.csv) was changed while it was read");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void saysWhichFileIsGone() {
        assertThat(StepFixture.failure(stage(aClaim(Step.PLANNED).file("/gone.csv"))))
                .isEqualTo("Input 'input1' (my day.csv) is no longer there: /gone.csv");
    }

    @Test
    void opensNothingButAPlainFile() throws Exception {
        Path taken = Files.createDirectories(folder.resolve(".processing/" + UUID.randomUUID())
                .resolve("x.csv")
                .getParent());
        Path file = taken.resolve("x.csv");
        Files.createSymbolicLink(file, Files.writeString(folder.resolve("secret"), "key\n"));
        assertThat(StepFixture.failure(stage(aClaim(Step.PLANNED).file(file.toString()))))
                .isEqualTo("Input 'input1' (my day.csv) is a symbolic link, not a plain file; it is not opened")
                .doesNotContain("key");

        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertThat(StepFixture.failure(stage(aClaim(Step.PLANNED).file(file.toString()))))
                .contains("is a named pipe");
        assertThat(StepFixture.failure(stage(aClaim(Step.PLANNED).file(folder.toString()))))
                .contains("is a folder");
        assertThat(StepFixture.failure(stage(
                        aClaim(Step.PLANNED).file(folder.resolve("secret/x.csv").toString()))))
                .contains("is no longer there");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void uploadsNothingOfABadFile() throws IOException {
        assertThat(StepFixture.failure(stage(day("text\na,b\n").attempt(1, 3))))
                .isEqualTo("Input 'input1' (my day.csv) line 2 has 2 fields, the header has 1");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAway() throws IOException {
        inMemoryBlobs.trouble = new RemoteException.Unavailable("away");

        assertThat(StepFixture.later(stage(day("text\na\n"))).failure()).isEqualTo("Staging is retried later: away");
    }

    @Test
    void failsWhenTheStoreHoldsOtherContent() throws IOException {
        inMemoryBlobs.trouble = new RemoteException.Rejected("BlobAlreadyExists", "it holds other content");

        assertThat(StepFixture.failure(stage(day("text\na\n")))).isEqualTo("it holds other content");
    }

    @ParameterizedTest
    @EnumSource(names = {"STAGED", "SUBMITTED"})
    void leavesAloneWhatIsStagedAlready(Step step) {
        assertThat(List.of(stage(aClaim(step).file("/gone.csv")))).hasOnlyElementsOfType(Outcome.Unchanged.class);
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }
}
