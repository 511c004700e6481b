package dev.bes.orchestrator.pipeline.input;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.pipeline.launch.Stage;
import dev.bes.orchestrator.pipeline.submit.OneCallScoring;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputOpenerTests {
    private final Map<UUID, byte[]> rows = new HashMap<>();
    private static final InputSource OURS = new InputSource.OwnBlob("orders/day.csv", "\"v1\"", "my day.csv");
    private static final InputSource THEIRS = new InputSource.StoreBlob("lake", "day.csv", "\"v1\"", "my day.csv");

    @TempDir
    Path folder;

    private final StepFixture stepFixture = new StepFixture();
    private final InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();
    private String content = "text\na\nb\n";
    private @Nullable RemoteException onOpen;
    private @Nullable RemoteException onRead;

    private BlobReader.Content blob(@Nullable String store, String path, String etag) {
        if (onOpen != null) {
            throw onOpen;
        }
        assertThat(etag).isEqualTo("\"v1\"");
        assertThat(path).isEqualTo(store == null ? "orders/day.csv" : "day.csv");
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new BlobReader.Content(bytes.length, new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                if (onRead != null) {
                    throw onRead;
                }
                return super.read(into, from, length);
            }
        });
    }

    private InputOpener opener() {
        return new InputOpener(
                stepFixture.disk.threads,
                new HealthyFolders(folder.resolve("inbox")),
                this::blob,
                row -> Optional.ofNullable(rows.get(row)),
                folder.resolve("definitions"));
    }

    private Outcome stage(InputSource source) {
        return new Stage(
                        inMemoryBlobs,
                        stepFixture.retryPolicy,
                        opener(),
                        stepFixture.disk.threads,
                        stepFixture.rows.folded(),
                        new ConcurrentCalls(stepFixture.settings),
                        new RecentBlobs(stepFixture.jobs),
                        stepFixture.settings)
                .stage(aClaim(Step.PLANNED).from(source).build());
    }

    private static String facts(Move move) {
        // each try has a place of its own
        return String.valueOf(move.fact()).replaceAll("/[0-9a-f-]{36}/", "/nonce/");
    }

    @Test
    void findsTheSameInABlobAsInAFile() throws IOException {
        Path file = folder.resolve("definitions/day.csv");
        Files.createDirectories(file.getParent());
        Move fromFile = StepFixture.move(
                stage(new InputFile(Files.writeString(file, content).toString(), "my day.csv")));
        Move fromOurs = StepFixture.move(stage(OURS));
        Move fromTheirs = StepFixture.move(stage(THEIRS));

        assertThat(facts(fromFile)).contains("rows=2", "bytes=9", "sha256=");
        assertThat(facts(fromOurs)).isEqualTo(facts(fromFile));
        assertThat(facts(fromTheirs)).isEqualTo(facts(fromFile));
        assertThat(inMemoryBlobs.blobs.values())
                .hasSize(3)
                .allSatisfy(blob -> assertThat(blob).asString().isEqualTo(content));
    }

    @Test
    void saysOfABlobWhatItSaysOfAFile() {
        content = "text\na,b\n";
        assertThat(StepFixture.failure(stage(OURS)))
                .isEqualTo("Input 'input1' (my day.csv) line 2 has 2 fields, the header has 1");

        content = "text\n";
        assertThat(StepFixture.failure(stage(OURS))).isEqualTo("Input 'input1' (my day.csv) has a header but no rows");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void failsWhatWillNeverBeReadAndSaysWhy() {
        onOpen = new RemoteException.NotFound("Blob store, reading orders/day.csv: 404 BlobNotFound");
        assertThat(StepFixture.failure(stage(OURS)))
                .isEqualTo(
                        "Input 'input1' (my day.csv) is no longer there, so nothing was sent to the service. Put it back"
                                + " and start another run. Blob store, reading orders/day.csv: 404 BlobNotFound");

        String changed =
                "Input 'input1' (my day.csv) was changed after the run had been accepted, so nothing was sent to the"
                        + " service. Start another run to have its new content scored. 412";
        onOpen = new RemoteException.Changed("412");
        assertThat(StepFixture.failure(stage(OURS))).isEqualTo(changed);
        onOpen = null;
        onRead = new RemoteException.Changed("412");
        assertThat(StepFixture.failure(stage(OURS))).as("while it is read").isEqualTo(changed);

        onOpen = new RemoteException.Rejected("", "it is no path");
        assertThat(StepFixture.failure(stage(OURS)))
                .isEqualTo("Input 'input1' (my day.csv) can't be read: it is no path");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAway() {
        onOpen = new RemoteException.Unavailable("away");
        assertThat(StepFixture.later(stage(OURS)).failure()).isEqualTo("Staging is retried later: away");

        onOpen = null;
        onRead = new RemoteException.Unavailable("gone");
        assertThat(StepFixture.later(stage(OURS)).failure()).isEqualTo("Staging is retried later: gone");
    }

    @Test
    void scoresByAJobWhatItCannotReadForOneCall() {
        onOpen = new RemoteException.Refused(RemoteException.By.STORE, "the store refuses us");
        OneCallScoring oneCallScoring =
                new OneCallScoring(inMemoryBlobs, stepFixture.rows.intents(), stepFixture.retryPolicy, opener());

        Outcome outcome = oneCallScoring.score(
                (inputs, parameters) -> Map.of(),
                aClaim(Step.STAGED).requestResponse(2).from(OURS).build(),
                UUID.randomUUID());

        assertThat(StepFixture.later(outcome).failure())
                .isEqualTo("RRS was not called, so it is submitted as a remote job: the store refuses us");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret.csv",
                "delivered/secret.csv",
                "definitions/../secret.csv",
                "inbox/../definitions/../secret.csv",
                "inbox/../definitions/secret.csv",
                "definitions-of-others/secret.csv"
            })
    void opensNoFileOutsideOfTheFoldersThatInputsComeFrom(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(folder.resolve("definitions"));
        Files.createDirectories(folder.resolve("inbox"));
        Files.createDirectories(Objects.requireNonNull(file.normalize().getParent()));
        Files.writeString(file.normalize(), "text\nsecret\n");

        assertThat(StepFixture.later(stage(new InputFile(file.toString(), "my day.csv")))
                        .failure())
                .isEqualTo("Staging is retried later: '" + file + "' is outside of the folders for inputs, so it is not"
                        + " opened: see orchestrator.definitions and orchestrator.trigger.drop-root. If one of them was changed after the run was accepted, restore it;"
                        + " if not, cancel the run");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"definitions/data/day.csv", "inbox/day.csv"})
    void opensFilesOfTheFoldersThatInputsComeFrom(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "text\na\n");

        assertThat(opener().<String, RuntimeException>read(
                                new InputFile(file.toString(), "day.csv"), InputOpenerTests::all))
                .isEqualTo("text\na\n");
    }

    @Test
    void readsTheRowOfASmallFileAndSaysWhenItIsGone() throws IOException {
        UUID row = UUID.randomUUID();
        rows.put(row, "text\na\n".getBytes(StandardCharsets.UTF_8));

        assertThat(opener().<String, RuntimeException>read(
                                new InputSource.OwnRow(row, "day.csv"), InputOpenerTests::all))
                .isEqualTo("text\na\n");
        assertThat(StepFixture.failure(stage(new InputSource.OwnRow(UUID.randomUUID(), "day.csv"))))
                .startsWith(
                        "Input 'input1' (day.csv) is no longer there: it was purged with the run that it came with");
    }

    private static String all(OpenInput input) throws IOException {
        try (InputStream in = input.stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void tellsAFileThatWasExchangedBehindIt() throws IOException {
        Path file = folder.resolve("definitions/day.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text\na\n");

        boolean unchanged = opener().<Boolean, RuntimeException>read(
                        new InputFile(file.toString(), "day.csv"), input -> {
                            assertThat(input.isUnchanged()).isTrue();
                            Files.delete(file);
                            Files.writeString(file, "text\nb\n");
                            return input.isUnchanged();
                        });

        assertThat(unchanged).isFalse();
        assertThatThrownBy(() -> opener().<String, RuntimeException>read(
                                new InputFile(
                                        folder.resolve("definitions/gone.csv").toString(), "gone.csv"),
                                InputOpenerTests::all))
                .isInstanceOf(UnusableInputException.class);
    }
}
