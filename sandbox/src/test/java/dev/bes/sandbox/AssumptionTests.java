package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.JobAnswer.DeleteBeforeStart;
import dev.bes.sandbox.settings.JobAnswer.DoubleStart;
import dev.bes.sandbox.settings.JobAnswer.ExistingOutput;
import dev.bes.sandbox.settings.JobAnswer.StartOfCancelled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The other answer to each question; the safe ones are in {@link JobLifeTests}. */
@Tag("slow")
class AssumptionTests {

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox =
            Sandbox.start(SharedStore.options().withMaxConcurrentJobs(2).withClock(clock));
    private final SampleClient hashing = client("SimpleFeatureHashingExperiment");
    private final SampleClient hanging = client("HangsForever");

    @BeforeAll
    static void input() {
        SharedStore.put("assume/in.csv", "Col2\nThis is a good day\n");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void takesASecondStartForTheFirst() {
        sandbox.assumptions(Assumptions.SAFE.with(DoubleStart.IDEMPOTENT));
        String id = finished("assume/idempotent.csv");

        assertThat(hashing.start(id)).isEqualTo(204);

        assertThat(starts(id)).containsExactly("true", "false");
        assertThat(states(id)).containsExactly("Running", "Finished");
    }

    @Test
    void runsAJobOnceMore() {
        sandbox.assumptions(Assumptions.SAFE.with(DoubleStart.EXECUTED_TWICE));
        String id = finished("assume/twice.csv");

        assertThat(hashing.start(id)).isEqualTo(204);

        assertThat(starts(id)).containsExactly("true", "true");
        await().untilAsserted(
                        () -> assertThat(states(id)).containsExactly("Running", "Finished", "Running", "Finished"));
    }

    @Test
    void cancelsAllThatAJobRuns() {
        sandbox.assumptions(Assumptions.SAFE.with(DoubleStart.EXECUTED_TWICE));
        String id = submitted(hanging, "assume/never.csv");
        hanging.start(id);
        hanging.start(id);
        hanging.start(id);
        assertThat(states(id)).containsExactly("Running", "Running");

        hanging.delete(id);

        List<String> next = List.of(submitted(hanging, "assume/a.csv"), submitted(hanging, "assume/b.csv"));
        next.forEach(hanging::start);
        assertThat(next).allMatch(it -> hanging.state(it).equals("Running"));
        assertThat(states(id)).containsExactly("Running", "Running", "Cancelled");
    }

    @Test
    void startsACancelledJob() {
        sandbox.assumptions(Assumptions.SAFE.with(StartOfCancelled.REVIVES));
        String id = submitted(hashing, "assume/revived.csv");
        hashing.delete(id);

        assertThat(hashing.start(id)).isEqualTo(204);

        await().untilAsserted(
                        () -> assertThat(states(id)).containsExactly("Cancelled", "NotStarted", "Running", "Finished"));
    }

    @Test
    void runsAJobOnceThatWasCancelledInTheQueueAndRevived() {
        sandbox.assumptions(Assumptions.SAFE.with(StartOfCancelled.REVIVES));
        List<String> first = List.of(submitted(hanging, "assume/a.csv"), submitted(hanging, "assume/b.csv"));
        String queued = submitted(hanging, "assume/c.csv");
        first.forEach(hanging::start);
        hanging.start(queued);
        hanging.delete(queued);
        hanging.start(queued);

        first.forEach(hanging::delete);

        assertThat(states(queued)).containsExactly("Cancelled", "NotStarted", "Running");
    }

    @Test
    void runsAJobOfAPoolBesideTheQueueOfItsEndpoint() {
        List<String> first = List.of(submitted(hanging, "assume/a.csv"), submitted(hanging, "assume/b.csv"));
        String queued = submitted(hanging, "assume/c.csv");
        String pooled = hanging.submit(
                body("assume/in.csv", "assume/d.csv").replaceFirst("\\{", "{\"AzureBatchPoolId\":\"p\","));
        first.forEach(hanging::start);
        hanging.start(queued);
        hanging.start(pooled);

        assertThat(hanging.state(queued)).isEqualTo("NotStarted");
        assertThat(hanging.state(pooled)).isEqualTo("Running");
    }

    @Test
    void overlooksADeleteBeforeTheStart() {
        sandbox.assumptions(Assumptions.SAFE.with(DeleteBeforeStart.IGNORED));
        String id = submitted(hanging, "assume/never.csv");

        assertThat(hanging.delete(id)).isEqualTo(204);
        assertThat(hanging.state(id)).isEqualTo("NotStarted");
        assertThat(hanging.start(id)).isEqualTo(204);
        assertThat(hanging.state(id)).isEqualTo("Running");
        hanging.delete(id);
        assertThat(hanging.state(id)).isEqualTo("Cancelled");
    }

    @Test
    void forgetsJobsThatAreNotUnderWay() {
        sandbox.assumptions(Assumptions.SAFE.withRetention(Duration.ofHours(1)));
        String ended = finished("assume/forgotten.csv");
        String idle = submitted(hanging, "assume/idle.csv");
        String running = submitted(hanging, "assume/never.csv");
        hanging.start(running);

        clock.advance(Duration.ofMinutes(59));
        assertThat(hashing.state(ended)).isEqualTo("Finished");
        clock.advance(Duration.ofMinutes(1));

        assertThat(call(hashing, "GET", ended)).isEqualTo(404);
        assertThat(call(hashing, "DELETE", ended)).isEqualTo(404);
        assertThat(hanging.start(idle)).isEqualTo(404);
        assertThat(hanging.state(running)).isEqualTo("Running");
    }

    @Test
    void neverForgetsAJobOfItsOwnAccord() {
        String id = submitted(hanging, "assume/idle.csv");

        clock.advance(Duration.ofDays(3650));

        assertThat(hanging.state(id)).isEqualTo("NotStarted");
    }

    @Test
    void writesOverAnOutputThatIsThere() {
        SharedStore.put("assume/taken.csv", "theirs");

        finished("assume/taken.csv");

        assertThat(SharedStore.get("assume/taken.csv")).contains("This is a good day");
    }

    @Test
    void failsWhenTheOutputIsThere() {
        sandbox.assumptions(Assumptions.SAFE.with(ExistingOutput.FAILS_THE_JOB));
        SharedStore.put("assume/taken.csv", "theirs");
        String id = submitted(hashing, "assume/taken.csv");
        hashing.start(id);

        await().until(() -> hashing.state(id).equals("Failed"));
        assertThat(hashing.status(id).path("Details").stringValue()).contains("(409) BlobAlreadyExists");
        assertThat(SharedStore.get("assume/taken.csv")).isEqualTo("theirs");
    }

    @Test
    void finishesBeforeTheOutputIsThere() {
        sandbox.assumptions(Assumptions.SAFE.withOutputDelay(Duration.ofMillis(300)));
        String id = finished("assume/late.csv");

        await().until(() -> SharedStore.blob("assume/late.csv").exists());
        await().untilAsserted(() -> assertThat(sandbox.journal().of(id))
                .extracting(it -> it.event() == Event.STATE ? it.fact("to") : it.event())
                .containsSubsequence("Finished", Event.OUTPUT));
    }

    private String finished(String output) {
        String id = submitted(hashing, output);
        hashing.start(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> hashing.state(id).equals("Finished"));
        return id;
    }

    private static String submitted(SampleClient client, String output) {
        return client.submit(body("assume/in.csv", output));
    }

    private static int call(SampleClient client, String method, String id) {
        return client.call(method, "/jobs/" + id + "?api-version=2.0", "").statusCode();
    }

    private List<String> states(String id) {
        return facts(id, Event.STATE, "to");
    }

    private List<String> starts(String id) {
        return facts(id, Event.START, "accepted");
    }

    private List<String> facts(String id, Event event, String name) {
        return sandbox.journal().of(id).stream()
                .filter(it -> it.event() == event)
                .map(it -> String.valueOf(it.fact(name)))
                .toList();
    }

    private SampleClient client(String service) {
        var called = sandbox.service(service);
        return new SampleClient(sandbox.directUrl(), called.path(), called.apiKey());
    }
}
