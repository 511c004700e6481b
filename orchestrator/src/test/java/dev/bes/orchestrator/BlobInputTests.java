package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.Reruns;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs whose inputs are blobs, from acceptance to the delivered output: on real parts. */
@Tag("slow")
class BlobInputTests {
    private static final String DAY = "text\nThis is a good day\nThis is a bad day\n";

    @TempDir
    static Path folder;

    private static final BlobContainerClient OURS = container("blob-inputs");
    private static final BlobContainerClient LAKE = container("lake-of-others");
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        new JobFolder(folder)
                .definition("hash", "feature-hashing", "")
                .definition("small", "feature-hashing", "request-response:\n  rows: 5\n")
                .definition("to-lake", "feature-hashing", "delivery: {container: lake/scored, to: container}\n")
                .definition(
                        "archiving",
                        "feature-hashing",
                        "triggers: {files: [{container: lake/arrivals, after: archive}]}\n")
                .definition(
                        "deleting", "feature-hashing", "triggers: {files: [{container: lake/once, after: delete}]}\n");
        node = OrchestratorNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "orchestrator.blobs.container", "blob-inputs",
                        "orchestrator.blobs.stores.lake.connection-string",
                                TestEnvironment.sandbox().blobConnectionString(),
                        "orchestrator.blobs.stores.lake.container", "lake-of-others"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static BlobContainerClient container(String name) {
        BlobContainerClient container = new BlobContainerClientBuilder()
                .connectionString(TestEnvironment.sandbox().blobConnectionString())
                .containerName(name)
                .buildClient();
        container.createIfNotExists();
        return container;
    }

    private static InputSource.OwnBlob ours(String content) {
        BlobClient blob = OURS.getBlobClient("orders/" + UUID.randomUUID() + ".csv");
        blob.upload(BinaryData.fromString(content));
        return new InputSource.OwnBlob(blob.getBlobName(), blob.getProperties().getETag(), "day.csv");
    }

    private static long accept(String definition, InputSource input) {
        Definition known = node.part(Definitions.class).find(definition).orElseThrow();
        return node.part(RunAcceptance.class)
                .accept(NewRun.requested(
                        known,
                        "request:" + UUID.randomUUID(),
                        null,
                        Map.of(),
                        List.of(Map.of("input1", input)),
                        Actor.request("tests"),
                        Map.of()))
                .id();
    }

    private static ScoringView scoring(long run) {
        return node.part(RunReader.class).scorings(run, 0, 1).getFirst();
    }

    private static AttemptView delivered(String definition, InputSource input) {
        RunView run = node.ended(accept(definition, input));
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(scoring(run.id()).files()).containsEntry("input1", "day.csv");
        AttemptView attempt = scoring(run.id()).attempts().getFirst();
        assertThat(attempt.rowsIn()).isEqualTo(2);
        assertThat(attempt.outputs().get("output1").rows()).as("reconciled").isEqualTo(2);
        return attempt;
    }

    private static Path output(AttemptView attempt) {
        return Path.of(attempt.outputs().get("output1").file());
    }

    @Test
    void scoresABlobOfOurs() throws IOException {
        AttemptView attempt = delivered("hash", ours(DAY));

        assertThat(attempt.service()).isEqualTo(Service.JOB);
        assertThat(output(attempt)).exists();
        assertThat(output(attempt).getFileName()).asString().endsWith("-day.output1.csv");
        assertThat(Files.readString(output(attempt))).contains("This is a good day");
    }

    @Test
    void scoresASmallBlobInOneCall() {
        assertThat(delivered("small", ours(DAY)).service()).isEqualTo(Service.RRS);
    }

    @Test
    void scoresABlobOfAStoreThatTheSettingsName() {
        BlobClient blob = LAKE.getBlobClient("day.csv");
        blob.upload(BinaryData.fromString(DAY), true);

        AttemptView attempt = delivered(
                "hash",
                new InputSource.StoreBlob(
                        "lake", "day.csv", blob.getProperties().getETag(), "day.csv"));

        assertThat(attempt.staged().get("input1").bytes()).isEqualTo(DAY.length());
    }

    @Test
    void deliversIntoAContainerAloneFromWhereItIsDownloaded() throws Exception {
        RunView run = node.ended(accept("to-lake", ours(DAY)));

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        String path = "scored/to-lake/" + run.id() + "/" + run.id() + "-1-day.output1.csv";
        AttemptView attempt = scoring(run.id()).attempts().getFirst();
        assertThat(attempt.outputs().get("output1").stored().path()).isEqualTo(path);
        String delivered = LAKE.getBlobClient(path).downloadContent().toString();
        assertThat(delivered).contains("This is a good day");
        assertThat(folder.resolve("delivered/to-lake")).doesNotExist();

        HttpRequest download = HttpRequest.newBuilder(
                        node.url().resolve("/api/v1/runs/" + run.id() + "/scorings/1/outputs/output1"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(download, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(delivered);
            assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
                    .contains("attachment");

            LAKE.getBlobClient(path).delete();
            assertThat(http.send(download, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void scoresABlobThatARequestNames() {
        LAKE.getBlobClient("in/named day.csv").upload(BinaryData.fromString(DAY), true);

        long run = node.part(RequestTrigger.class)
                .accept(new RequestTrigger.Request(
                        "hash",
                        null,
                        Map.of(),
                        Map.of("input1", new RequestFile.StoredBlob("lake", "in/named day.csv")),
                        Actor.ANONYMOUS))
                .id();

        assertThat(node.ended(run).state()).isEqualTo(State.FINISHED);
        assertThat(scoring(run).files()).containsEntry("input1", "named day.csv");
    }

    @Test
    void repeatsARunWhoseBlobWasArchivedAsLongAsItIsInTheArchive() {
        long first = arrived("arrivals", "archive");
        Reruns reruns = node.part(Reruns.class);
        long second = reruns.accept(first, false, null, "tests").id();

        RunView repeated = node.ended(second);
        assertThat(repeated.state()).as(repeated.cause()).isEqualTo(State.FINISHED);
        assertThat(scoring(second).files()).containsEntry("input1", "day.csv");

        LAKE.getBlobClient("arrivals/archive/" + first + "-day.csv").delete();
        assertThatThrownBy(() -> reruns.accept(first, false, null, "tests"))
                .isInstanceOf(RunRefusedException.NotRepeatable.class)
                .hasMessage(
                        "Input 'input1' (day.csv) of run %1$d was archived as 'lake/arrivals/archive/%1$d-day.csv', and is no longer there. Send the file with a new request",
                        first);
    }

    @Test
    void refusesToRepeatARunWhoseBlobWasDeleted() {
        long first = arrived("once", "deleted");

        assertThatThrownBy(() -> node.part(Reruns.class).accept(first, false, null, "tests"))
                .isInstanceOf(RunRefusedException.NotRepeatable.class)
                .hasMessageContaining("was deleted after it was scored ('after: delete')");
    }

    /** The run of a blob that arrives, once it is put away. */
    private static long arrived(String folder, String location) {
        LAKE.getBlobClient(folder + "/day.csv").upload(BinaryData.fromString(DAY), true);
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> node.part(JdbcClient.class)
                                .sql("SELECT scored_by FROM dropped_file WHERE folder = ? AND location = ?")
                                .params("lake/" + folder + "/", location)
                                .query(Long.class)
                                .optional(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void paysNothingForABlobThatWasChangedOrRemovedOrIsBad() {
        long before = calls();
        InputSource.OwnBlob changed = ours(DAY);
        BlobClient other = OURS.getBlobClient(changed.blob());
        other.upload(BinaryData.fromString(DAY.replace("good", "fine")), true);
        InputSource.OwnBlob removed = ours(DAY);
        OURS.getBlobClient(removed.blob()).delete();

        assertThat(failure(changed))
                .isEqualTo(
                        "Input 'input1' (day.csv) was changed after the run had been accepted, so nothing was sent to the"
                                + " service. Start another run to have its new content scored. Blob store, reading "
                                + changed.blob() + ": the blob was replaced; its version is "
                                + other.getProperties().getETag() + " now, not " + changed.etag());
        assertThat(failure(removed))
                .isEqualTo(
                        "Input 'input1' (day.csv) is no longer there, so nothing was sent to the service. Put it back and"
                                + " start another run. Blob store, reading " + removed.blob() + ": 404 BlobNotFound");
        assertThat(failure(ours("text\na,b\n")))
                .isEqualTo("Input 'input1' (day.csv) line 2 has 2 fields, the header has 1");
        assertThat(failure(new InputSource.OwnBlob("../lake-of-others/day.csv", "\"0x1\"", "day.csv")))
                .isEqualTo(
                        "Input 'input1' (day.csv) can't be read: '../lake-of-others/day.csv' is not a path in a container;"
                                + " the blob is not read");
        assertThat(calls()).as("calls").isEqualTo(before);
    }

    private static String failure(InputSource input) {
        RunView run = node.ended(accept("small", input));
        assertThat(run.state()).isEqualTo(State.FAILED);
        return String.valueOf(run.cause());
    }

    private static long calls() {
        return TestEnvironment.sandbox().journal().entries().stream()
                .filter(entry -> entry.event() == Event.SUBMIT || entry.event() == Event.EXECUTE)
                .count();
    }

    @Test
    void readsNothingThatNoTriggerMayTake() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), DAY);
        long before = calls();

        assertThat(waits(new InputFile(secret.toString(), "day.csv")))
                .startsWith("Staging is retried later: '" + secret + "' is outside of the folders for inputs");
        assertThat(waits(new InputSource.StoreBlob("sea", "day.csv", "\"0x1\"", "day.csv")))
                .isEqualTo("Staging is retried later: The blob store 'sea' is not configured on this node: set"
                        + " orchestrator.blobs.stores.sea.connection-string or .account-url");
        assertThat(calls()).as("calls").isEqualTo(before);
    }

    private static String waits(InputSource input) {
        long run = accept("hash", input);
        String cause = await().atMost(Duration.ofSeconds(30))
                .until(() -> String.valueOf(scoring(run).cause()), said -> said.startsWith("Staging is retried later"));
        node.part(Cancellation.class).cancel(run, Actor.user("tests"));
        assertThat(node.ended(run).state()).isEqualTo(State.CANCELLED);
        return cause;
    }
}
