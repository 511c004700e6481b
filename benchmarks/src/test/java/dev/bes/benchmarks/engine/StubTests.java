package dev.bes.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.Stub;
import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.stub.StubKind;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The stub, called as the engines call it: by the orchestrator's own clients. */
class StubTests {

    @TempDir
    Path folder;

    private final Stub stub = Stub.open(JobDuration.always(Duration.ZERO));
    private final RemoteClients clients = RemoteClients.of(new StubAddress(stub.url()));
    private final ScoringSteps steps = clients.steps();
    private Scoring scoring;

    @BeforeEach
    void writeAnInput() throws IOException {
        scoring = Scoring.of(folder.resolve("f1.csv"), Files.createDirectory(folder.resolve("delivered")));
        Files.writeString(scoring.input(), "id,species\n1,owl\n");
    }

    @AfterEach
    void close() {
        clients.close();
        stub.close();
    }

    @Test
    void bringsTheInputBackAsOutput() throws Exception {
        steps.all(scoring);

        assertThat(scoring.output()).hasSameTextualContentAs(scoring.input());
        assertThat(journal().calls())
                .containsOnlyKeys("get blob", "put blob", "start", "status", "submit")
                .allSatisfy((kind, calls) -> assertThat(calls).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(StubKind.class)
    void bringsTheInputBackByEachKindOfService(StubKind kind) throws Exception {
        Files.writeString(scoring.input(), "id,species,height\n1,owl,300\n2,gull,120\n");
        try (RemoteClients its = RemoteClients.of(new StubAddress(stub.url(), kind))) {
            its.steps().all(scoring);
        }

        assertThat(scoring.output()).hasSameTextualContentAs(scoring.input());
        assertThat(journal().starts() + journal().batches()).isEqualTo(1);
    }

    @Test
    void tellsOfAJobThatIsStartedTwice() throws Exception {
        steps.stage(scoring);
        String once = steps.submit(scoring);
        String twice = steps.submit(scoring);
        steps.start(once);
        steps.start(twice);
        assertThat(journal().startedTwice()).isZero();

        steps.start(twice);

        assertThat(journal())
                .extracting(StubJournal::jobs, StubJournal::starts, StubJournal::startedTwice)
                .containsExactly(2L, 3L, 1L);
    }

    @Test
    void takesTheSameBlobTwiceAndNoOtherInItsPlace() throws Exception {
        steps.stage(scoring);
        steps.stage(scoring);
        Files.writeString(scoring.input(), "id,species\n1,gull\n");

        assertThatThrownBy(() -> steps.stage(scoring)).hasMessageContaining("holds other content");
    }

    @Test
    void hasNothingFinishedBeforeItsTime() throws Exception {
        try (Stub slow = Stub.open(JobDuration.always(Duration.ofHours(1)));
                RemoteClients its = RemoteClients.of(new StubAddress(slow.url()))) {
            its.steps().stage(scoring);
            String job = its.steps().submit(scoring);
            assertThatThrownBy(() -> its.steps().isFinished(job)).hasMessageContaining("NotStarted");

            its.steps().start(job);

            assertThat(its.steps().isFinished(job)).isFalse();
        }
    }

    @Test
    void keepsNothingOfWhatComesInBlocksAndTakesItAllTheSame() throws Exception {
        byte[] block = "id,species\n1,owl\n".getBytes(StandardCharsets.UTF_8);
        try (Blobs.Upload upload = clients.context().getBean(Blobs.class).upload("in/" + scoring.name())) {
            upload.add(block);
            upload.add(block);
            upload.add(block);
            upload.commit("hash");
        }
        steps.start(steps.submit(scoring));

        assertThat(journal().calls()).containsEntry("put block", 3L).containsEntry("put blob", 1L);
    }

    @Test
    void knowsWhenWhichInputWasStartedAndHowLateItsEndWasNoticed() throws Exception {
        long before =
                ChronoUnit.MICROS.between(Instant.EPOCH, InstantSource.system().instant());

        steps.all(scoring);

        assertThat(get(Stub.STARTS)).contains("in/f1.csv");
        assertThat(JsonMapper.shared()
                        .readTree(get(Stub.STARTS))
                        .values()
                        .iterator()
                        .next()
                        .asLong())
                .isGreaterThanOrEqualTo(before);
        assertThat(journal().noticedAfter()).hasSize(1);
        assertThat(get(Stub.POLLED + "?since=0")).isEqualTo("1");
        assertThat(get(Stub.POLLED + "?since=" + Long.MAX_VALUE / 1_000_000)).isEqualTo("0");
    }

    private StubJournal journal() throws IOException, InterruptedException {
        return JsonMapper.shared().readValue(get(Stub.JOURNAL), StubJournal.class);
    }

    private String get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(stub.url() + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
