package dev.bes.sandbox.batchendpoints;

import static dev.bes.sandbox.batchendpoints.EndpointClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.EndpointAnswer.ExistingPredictions;
import dev.bes.sandbox.settings.EndpointAnswer.FileOrder;
import dev.bes.sandbox.settings.NextFaults;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.StateTimes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with batch endpoints, each by its setting. */
class EndpointFaultTests {

    private static final String ENDPOINT = "SimpleFeatureHashingExperiment";
    private static final String JOBS = "/batchEndpoints/" + ENDPOINT + "/jobs";
    private static final String INPUT = "azureml://datastores/fault_in/paths/one.csv";
    private static final BatchEndpointSettings CALM = BatchEndpointSettings.DEFAULT;

    private static final SettableClock clock = new SettableClock();
    private static Sandbox sandbox;
    private static EndpointClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withClock(clock));
        client = new EndpointClient(sandbox);
        SharedStore.put("fault-in/one.csv", "Col2\na\nb\nc\n");
        SharedStore.put("fault-in/many/a.csv", "Col2\na\n");
        SharedStore.put("fault-in/many/b.csv", "Col2\nb\nc\n");
        SharedStore.put("fault-in/many/c.csv", "Col2\nd\ne\n");
        SharedStore.put("fault-out/there", "");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void withoutFaults() {
        sandbox.batchEndpoints(CALM);
        sandbox.assumptions(Assumptions.SAFE);
    }

    @Test
    void losesAnAnswerBeforeTheEffect() {
        sandbox.batchEndpoints(CALM.withNext(Fault.ANSWER_LOST_BEFORE, 1));

        assertThatThrownBy(() -> invoke("lost-before.csv")).isInstanceOf(UncheckedIOException.class);
        assertThat(started("lost-before.csv")).isEmpty();
        assertThat(sandbox.batchEndpoints().next()).isEqualTo(NextFaults.NONE);
        invoke("lost-before.csv");
    }

    @Test
    void losesAnAnswerAfterTheEffect() {
        sandbox.batchEndpoints(CALM.withNext(Fault.ANSWER_LOST_AFTER, 1));

        assertThatThrownBy(() -> invoke("lost-after.csv")).isInstanceOf(UncheckedIOException.class);
        assertThat(started("lost-after.csv")).hasSize(1);
    }

    @Test
    void startsSeveralJobsFromOneInvoke() {
        sandbox.batchEndpoints(CALM.withJobsPerInvoke(3));

        String first = invoke("several.csv");

        assertThat(started("several.csv")).hasSize(3).contains(first);
    }

    @Test
    void listsAJobOnlyAfterTheLag() {
        sandbox.batchEndpoints(CALM.withListLag(Duration.ofSeconds(30)));
        String job = invoke("lag.csv");

        assertThat(listed()).doesNotContain(job);
        assertThat(client.scoring("GET", JOBS + "/" + job, "").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));

        assertThat(listed()).contains(job);
    }

    @Test
    void refusesCallsOfTheResourceManagerWithoutAToken() {
        sandbox.batchEndpoints(CALM.withArmLimits(new ArmLimits(3, 0.5, 1, 1)));
        for (int i = 2; i >= 0; i--) {
            var reply = client.arm("GET", "/jobs", "");
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("x-ms-ratelimit-remaining-subscription-reads"))
                    .contains(String.valueOf(i));
        }

        var refused = client.arm("GET", "/jobs", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(client.arm("POST", "/datastores/workspaceblobstore/listSecrets", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.scoring("GET", JOBS, "").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));

        assertThat(client.arm("GET", "/jobs", "").statusCode()).isEqualTo(200);
    }

    @Test
    void leavesAnExistingFileAsItIs() {
        SharedStore.put("fault-out/exists.csv", "before");
        String job = invoke("exists.csv");

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("fault-out/exists.csv")).isEqualTo("before");
    }

    @Test
    void failsForAnExistingFileIfThatIsAssumed() {
        sandbox.assumptions(Assumptions.SAFE.with(ExistingPredictions.FAILS_THE_JOB));
        SharedStore.put("fault-out/exists-2.csv", "before");

        assertEnd(invoke("exists-2.csv"), "Failed");
    }

    @Test
    void losesRowsAndIsCompletedAllTheSame() {
        sandbox.batchEndpoints(CALM.withLostRows(2));

        assertEnd(invoke("lost-rows.csv"), "Completed");
        assertThat(SharedStore.get("fault-out/lost-rows.csv")).startsWith("c,").hasLineCount(1);
    }

    @Test
    void losesRowsOfDifferentFiles() {
        sandbox.batchEndpoints(CALM.withLostRows(3));
        sandbox.assumptions(Assumptions.SAFE.with(FileOrder.BY_NAME));
        String job = client.invoke(
                ENDPOINT,
                body("UriFolder", "azureml://datastores/fault_in/paths/many", output("lost-in-many.csv")),
                "azureml-model-deployment",
                "numbered-lines");

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("fault-out/lost-in-many.csv").lines().map(line -> line.substring(0, 9)))
                .containsExactly("b.csv,1,c", "c.csv,1,e");
    }

    @Test
    void failsWithMoreLossThanItsThreshold() {
        sandbox.batchEndpoints(CALM.withLostRows(1));
        String body = body("UriFile", INPUT, output("threshold.csv"))
                .replace("{\"properties\":{", "{\"properties\":{\"errorThreshold\":0,");

        assertEnd(client.invoke(ENDPOINT, body), "Failed");
    }

    @Test
    void saysNotRespondingAsOftenAsIsSet() {
        String job = client.invoke("HangsForever", body("UriFile", INPUT, output("blip.csv")));
        await().until(() -> client.status("HangsForever", job).equals("Running"));
        sandbox.batchEndpoints(CALM.withNext(Fault.NOT_RESPONDING, 1));

        assertThat(client.status("HangsForever", job)).isEqualTo("NotResponding");
        assertThat(client.status("HangsForever", job)).isEqualTo("Running");
    }

    @Test
    void goesBackToQueuedAsOftenAsIsSet() {
        sandbox.batchEndpoints(CALM.withNext(Fault.GOES_BACK, 1));
        String job = invoke("back.csv");
        assertEnd(job, "Completed");

        assertThat(sandbox.journal().of(job))
                .filteredOn(it -> it.event() == Event.STATE)
                .extracting(it -> it.fact("status"))
                .containsExactly("Queued", "Running", "Queued", "Running", "Finalizing", "Completed");
    }

    @Test
    void staysInEachStateForItsTime() {
        Duration time = Duration.ofMillis(150);
        sandbox.batchEndpoints(CALM.withStateTimes(new StateTimes(time, time, time, time, time)));
        String job = invoke("slow.csv");

        assertThat(client.status(ENDPOINT, job)).isEqualTo("Preparing");
        assertEnd(job, "Completed");
        List<JournalEntry> states = sandbox.journal().of(job).stream()
                .filter(it -> it.event() == Event.STATE)
                .toList();
        assertThat(Duration.between(states.getFirst().at(), states.getLast().at()))
                .isGreaterThanOrEqualTo(time.multipliedBy(3));
    }

    @Test
    void scalesTheUsualTimes() {
        StateTimes scaled = StateTimes.USUAL.scaled(0.01);

        assertThat(scaled.queued()).isEqualTo(StateTimes.USUAL.queued().dividedBy(100));
    }

    private static String invoke(String output) {
        return client.invoke(ENDPOINT, body("UriFile", INPUT, output(output)));
    }

    private static String output(String path) {
        return "azureml://datastores/fault_out/paths/" + path;
    }

    private static List<String> listed() {
        return client.pages(JOBS, EndpointClient.SCORING).stream()
                .map(it -> it.path("name").stringValue())
                .toList();
    }

    private static List<String> started(String output) {
        return sandbox.journal().entries().stream()
                .filter(it -> it.event() == Event.SUBMIT
                        && String.valueOf(it.fact("outputs")).contains("/" + output))
                .map(JournalEntry::job)
                .toList();
    }

    private static void assertEnd(String job, String status) {
        assertThat(client.end(job)).isEqualTo(status);
    }
}
