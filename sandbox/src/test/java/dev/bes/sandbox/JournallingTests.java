package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static dev.bes.sandbox.SampleClient.bySas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournallingTests {

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private SampleClient client;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SharedStore.options().withJournal(folder.resolve("calls.jsonl")));
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        client = new SampleClient(sandbox.managedUrl(), service.path(), service.apiKey())
                .with(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription("unlimited").primaryKey());
        SharedStore.put("journal/in.csv", "Col2\nThis is a good day\n");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void hasACallOnDiskWhenItsReplyArrives() throws IOException {
        String id = client.submit(body(bySas("journal/in.csv", "r"), bySas("journal/out.csv", "cw"), Map.of()));

        assertThat(Files.readString(folder.resolve("calls.jsonl")))
                .contains("\"event\":\"SUBMIT\",\"job\":\"" + id)
                .contains("\"status\":200");
    }

    @Test
    void tellsTheWholeLifeOfAJob() throws Exception {
        String id = client.submit(body(bySas("journal/in.csv", "r"), bySas("journal/life.csv", "cw"), Map.of()));
        client.start(id);
        client.start(id);
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state(id), "Finished"::equals);
        client.delete(id);

        List<JournalEntry> life = sandbox.journal().of(id);
        assertThat(life.stream().filter(it -> it.event() != Event.CALL))
                .extracting(JournalEntry::event)
                .containsSubsequence(Event.SUBMIT, Event.START, Event.STATE, Event.OUTPUT, Event.STATE, Event.DELETE);
        assertThat(life.stream().filter(it -> it.event() == Event.START))
                .extracting(it -> it.fact("accepted"))
                .containsExactly(true, false);
        assertThat(life.getFirst().fact("outputs")).isEqualTo(Map.of("output1", "journal/life.csv"));
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(SharedStore.blob("journal/life.csv")
                                .downloadContent()
                                .toBytes()));
        assertThat(life.stream()
                        .filter(it -> it.event() == Event.OUTPUT)
                        .findFirst()
                        .orElseThrow()
                        .facts())
                .containsEntry("path", "journal/life.csv")
                .containsEntry("sha256", sha256)
                .containsEntry("rows", 1);
        assertThat(life.getLast().facts())
                .containsEntry("method", "DELETE")
                .containsEntry("status", 204)
                .containsEntry("port", "managed")
                .containsEntry("subscription", "unlimited");
    }

    @Test
    void keepsSecretsOut() throws IOException {
        client.submit(body(bySas("journal/in.csv", "r"), SampleClient.byKey("journal/out.csv"), Map.of()));
        client.call("GET", "/jobs/1?api-version=2.0&subscription-key=topsecret", "");

        assertThat(Files.readString(folder.resolve("calls.jsonl")))
                .contains("\"api-version\":\"2.0\"")
                .doesNotContain("sig=", "AccountKey", "topsecret")
                .doesNotContain(sandbox.subscription("unlimited").primaryKey())
                .doesNotContain(
                        sandbox.service("SimpleFeatureHashingExperiment").apiKey());
    }

    @Test
    void recordsRefusalsOfTheGateway() {
        SampleClient starter = new SampleClient(sandbox.managedUrl(), "/workspaces/w/services/s", "key")
                .with(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription("starter").secondaryKey());
        for (int i = 0; i < 6; i++) {
            starter.call("GET", "/jobs/1?api-version=2.0", "");
        }

        assertThat(sandbox.journal().entries().getLast().facts())
                .containsEntry("status", 429)
                .containsEntry("subscription", "starter")
                .containsKey("retryAfter");
    }
}
