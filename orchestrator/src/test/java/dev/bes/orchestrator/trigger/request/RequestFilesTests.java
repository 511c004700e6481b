package dev.bes.orchestrator.trigger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.callback.CallbackReceiver;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.claim.InputContents;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RequestSettings;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.StoredBlob;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFilesTests {
    private static final String SMALL = "text\ngood\n";
    private static final String LARGE = "text\n" + "good\n".repeat(300_000);

    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(2);

    private final RunParts rows = DATABASE.node("requests");
    private final HealthyFolders disk = new HealthyFolders();
    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final LakeOfTests lake = new LakeOfTests();
    private final RequestBlobs requestBlobs = new RequestBlobs(rows.jdbc());
    private final RequestFiles files =
            new RequestFiles(blobs, lake, requestBlobs, new RootFiles(new RequestSettings(Map.of())), disk.work);
    private final RequestTrigger requestTrigger;

    @BeforeEach
    void forgetOthers() {
        rows.jdbc().sql("DELETE FROM run").update();
        rows.jdbc().sql("DELETE FROM request_blob").update();
    }

    /** A store with blobs in memory. */
    private static final class LakeOfTests implements BlobVersions {
        private final Map<String, String> etags = new HashMap<>();

        @Override
        public Set<String> stores() {
            return Set.of("lake");
        }

        @Override
        public String etag(String store, String path) {
            String etag = etags.get(path);
            if (etag == null) {
                throw new RemoteException.NotFound("no blob " + path);
            }
            return etag;
        }
    }

    RequestFilesTests(@TempDir Path folder) {
        new JobFolder(folder).definition("asked", "hashing", "triggers: {}");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        this.requestTrigger = new RequestTrigger(
                definitions,
                new InputFiles(definitions),
                files,
                rows.runs(),
                rows.reader(),
                new AdmissionControl(most -> 0, 1, System::nanoTime),
                disk.threads,
                CallbackReceiver.nothingAllowed());
    }

    private Accepted request(String key, RequestFile.Content content) {
        return requestTrigger.accept(
                new Request("asked", key, Map.of(), Map.of("input1", new Upload("a.csv", content)), Actor.ANONYMOUS));
    }

    private Accepted request(String key, String content) {
        return request(key, () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private String input(long run) {
        return rows.jdbc()
                .sql("SELECT inputs ->> 'input1' FROM scoring WHERE run_id = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    private long count(String table) {
        return rows.jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    /** Makes all blobs older. */
    private void age(int days) {
        rows.jdbc()
                .sql("UPDATE request_blob SET created_at = created_at - interval '1 d' * ?")
                .param(days)
                .update();
    }

    private void forget(long run) {
        rows.jdbc().sql("DELETE FROM run WHERE id = ?").param(run).update();
    }

    private void purge(Duration runs) {
        new RequestBlobPurge(files, requestBlobs, rows.reader()).purge(runs);
    }

    @Test
    void keepsASmallFileInARowUntilItsRunIsPurged() {
        long run = request(key(), SMALL).id();

        assertThat(input(run)).contains("\"row\"");
        assertThat(blobs.blobs).isEmpty();
        UUID row = rows.jdbc()
                .sql("SELECT id FROM input_content WHERE run_id = ?")
                .param(run)
                .query(UUID.class)
                .single();
        assertThat(new InputContents(rows.jdbc()).find(row).orElseThrow())
                .asString()
                .isEqualTo(SMALL);

        rows.jdbc().sql("DELETE FROM scoring").update();
        rows.jdbc()
                .sql("UPDATE run SET state = 'Finished', ended_at = now() - interval '91 d'")
                .update();
        new RunPurge(rows.jdbc(), new Transactions(DATABASE.transactions())).purge(Duration.ofDays(90), 500);
        assertThat(count("input_content")).isZero();
    }

    @Test
    void keepsALargeFileInTheBlobStoreUntilItsRunIsPurged() {
        long run = request(key(), LARGE).id();

        assertThat(input(run)).contains("\"blob\":\"requests/");
        assertThat(blobs.blobs.values())
                .singleElement()
                .extracting(content -> new String(content, StandardCharsets.UTF_8))
                .isEqualTo(LARGE);
        assertThat(count("input_content")).isZero();
        age(1000);
        purge(Duration.ofDays(90));
        assertThat(blobs.blobs).hasSize(1);

        forget(run);
        purge(Duration.ofDays(90));
        assertThat(blobs.blobs).isEmpty();
        assertThat(count("request_blob")).isZero();
    }

    @Test
    void keepsYoungBlobsThatMayBecomeARun() {
        forget(request(key(), LARGE).id());
        purge(Duration.ZERO);

        assertThat(blobs.blobs).hasSize(1);
    }

    @Test
    void purgesTheBlobOfANodeThatDiedBeforeItsRunWasAccepted() {
        files.keep(
                "asked",
                "request:lost",
                Map.of(
                        "input1",
                        new Upload("a.csv", () -> new ByteArrayInputStream(LARGE.getBytes(StandardCharsets.UTF_8)))),
                true);
        age(91);
        blobs.trouble = new RemoteException.Unavailable("the store is away");
        purge(Duration.ofDays(90));
        assertThat(count("request_blob")).as("it is tried again").isEqualTo(1);

        blobs.trouble = null;
        purge(Duration.ofDays(90));
        assertThat(blobs.blobs).isEmpty();
        assertThat(count("request_blob")).isZero();
    }

    @Test
    void keepsNothingTwiceOfARequestThatIsRepeated() {
        String large = key();
        String small = key();
        long first = request(large, LARGE).id();
        long second = request(small, SMALL).id();

        assertThat(request(large, LARGE)).returns(first, Accepted::id).returns(false, Accepted::isNew);
        assertThat(request(small, SMALL)).returns(second, Accepted::id).returns(false, Accepted::isNew);
        assertThatThrownBy(() -> request(large, LARGE + "x\n")).isInstanceOf(RunRefusedException.KeyReused.class);
        assertThat(blobs.blobs).hasSize(1);
        assertThat(count("request_blob")).isEqualTo(1);
        assertThat(count("input_content")).isEqualTo(1);
    }

    @Test
    void keepsNothingOfAFileThatBreaksOff() {
        InputStream half = new SequenceInputStream(new ByteArrayInputStream(new byte[1_000_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        });
        assertThatThrownBy(() -> request(key(), () -> half)).hasRootCauseMessage("the disk is gone");

        assertThat(blobs.blobs).isEmpty();
        assertThat(count("run")).isZero();
    }

    @Test
    void keepsTheVersionThatABlobHasAndAnswersARepetitionHoweverItChanges() {
        Map<String, StoredBlob> day = Map.of("input1", new StoredBlob("lake", "in/day.csv"));
        lake.etags.put("in/day.csv", "\"0x1\"");
        Request request = new Request("asked", key(), Map.of(), day, Actor.ANONYMOUS);

        Accepted accepted = requestTrigger.accept(request);

        assertThat(input(accepted.id()))
                .contains("\"store\":\"lake\"", "\"blob\":\"in/day.csv\"", "0x1", "\"name\":\"day.csv\"");
        lake.etags.clear();
        assertThat(requestTrigger.accept(request)).returns(accepted.id(), Accepted::id);
        assertThatThrownBy(() -> requestTrigger.accept(new Request("asked", key(), Map.of(), day, Actor.ANONYMOUS)))
                .isInstanceOf(RunRefusedException.NoInput.class)
                .hasMessage("Input 'input1': store 'lake' has no blob 'in/day.csv'");
        assertThatThrownBy(() -> requestTrigger.accept(new Request(
                        "asked", key(), Map.of(), Map.of("input1", new StoredBlob("sea", "a")), Actor.ANONYMOUS)))
                .hasMessage("Input 'input1': there is no store 'sea'; the stores are: lake");
    }

    @Test
    void refusesALargeFileWhileTheStoreIsAwayAndTakesASmallOne() {
        blobs.trouble = new RemoteException.Unavailable("the store is away");

        assertThatThrownBy(() -> request(key(), LARGE)).isInstanceOf(RemoteException.Unavailable.class);
        assertThat(request(key(), SMALL).isNew()).isTrue();
    }
}
