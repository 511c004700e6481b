package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.TestProxy;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One endpoint is well while others suffer from all that there is, each from something else. */
@Tag("slow")
class SickEndpointTests {
    private static final String CONTAINER = "sick-endpoints";
    private static final String WELL = "well";
    private static final int CALLS = 4;
    private static final int FILES = 2 * CALLS;
    private static final int STORE_TRIES = 4;

    @TempDir
    static Path folder;

    private static final Map<EndpointFault, TestProxy> WAYS = new EnumMap<>(EndpointFault.class);
    private static TestProxy store;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        Map<String, String> properties = new HashMap<>();
        WebService service = TestEnvironment.sandbox().service("SimpleFeatureHashingExperiment");
        String url = TestEnvironment.sandbox().directUrl() + service.path();
        endpoint(WELL, url, service.apiKey(), properties);
        for (EndpointFault endpointFault : EndpointFault.values()) {
            TestProxy way = TestProxy.to(TestEnvironment.sandbox().directUrl());
            WAYS.put(endpointFault, way);
            endpoint(endpointFault.slug(), way.in(url), service.apiKey(), properties);
            // longer than any test: who waits for such a call, waits in vain
            properties.put("orchestrator.endpoints." + endpointFault.slug() + ".call-timeout", "5m");
        }
        properties.put(
                "orchestrator.endpoints." + EndpointFault.TOO_MANY_FOR_AGES.slug() + ".max-concurrent-jobs",
                String.valueOf(CALLS));
        String blobs = TestEnvironment.sandbox().blobConnectionString();
        store = TestProxy.to(URI.create(blobs.replaceAll(".*BlobEndpoint=([^;]*).*", "$1")));
        properties.put("orchestrator.blobs.connection-string", store.in(blobs));
        properties.put("orchestrator.blobs.container", CONTAINER);
        properties.put("orchestrator.pipeline.max-concurrent-calls", String.valueOf(CALLS));
        properties.put("orchestrator.pipeline.poll-max", "1s");
        properties.put("orchestrator.pipeline.start-grace", "1s");
        properties.put("orchestrator.pipeline.idle-interval", "500ms");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), properties);
    }

    /** An endpoint without a subscription, which would share the waits of others, and a definition of the same name. */
    private static void endpoint(String name, String url, String key, Map<String, String> properties) {
        String prefix = "orchestrator.endpoints." + name + ".";
        properties.put(prefix + "url", url);
        properties.put(prefix + "service-key", key);
        JobFolder jobs = new JobFolder(folder).definition(name, name, "");
        for (int i = 0; i < FILES; i++) {
            jobs.write("definitions/data/" + name + "/" + i + ".csv", "text\nday " + i + "\n");
        }
    }

    @AfterAll
    static void stop() {
        node.close();
        WAYS.values().forEach(TestProxy::close);
        store.close();
    }

    @AfterEach
    void heal() {
        WAYS.values().forEach(TestProxy::clear);
        store.clear();
    }

    @Test
    void holdsUpNoOtherEndpointWhateverTheFault() {
        Map<EndpointFault, Long> sick = besideTheWell(Arrays.asList(EndpointFault.values()), CallMatcher.always());

        sick.values().forEach(run -> assertThat(run(run).state()).isEqualTo(State.NOT_STARTED));
        assertThat(scorings(Objects.requireNonNull(sick.get(EndpointFault.TOO_MANY_FOR_AGES))))
                .as("not even uploaded, beyond those of the first set")
                .filteredOn(scoring -> !scoring.attempts().isEmpty())
                .hasSize(CALLS);
        heal();
        sick.forEach((endpointFault, run) -> {
            if (endpointFault.isLasting()) {
                node.part(Cancellation.class).cancel(run, Actor.user("ada"));
                assertThat(node.ended(run).state()).as(endpointFault.name()).isEqualTo(State.CANCELLED);
            } else {
                endsAsEver(run);
            }
        });
    }

    @Test
    void holdsUpNobodyElseWhoseJobsAreAtWork() {
        List<EndpointFault> passing = Arrays.stream(EndpointFault.values())
                .filter(endpointFault -> !endpointFault.isLasting())
                .toList();
        CallMatcher polled = CallMatcher.request("GET", "/jobs/");
        way(EndpointFault.GOES_BACK).inject(EndpointFault.running(), polled.next(CALLS));

        Map<EndpointFault, Long> sick = besideTheWell(passing, polled);

        sick.values().forEach(run -> assertThat(run(run).state().ended()).isFalse());
        assertThat(run(Objects.requireNonNull(sick.get(EndpointFault.GOES_BACK)))
                        .state())
                .as("what is running has started, whatever is said later")
                .isEqualTo(State.RUNNING);
        heal();
        sick.values().forEach(SickEndpointTests::endsAsEver);
    }

    @Test
    void holdsUpNobodyElseWhoseConnectionsGoStale() {
        InjectedFault stale = way(EndpointFault.HANGS_UP)
                .inject(
                        new CallFault.ResetBeforeForwarding(),
                        CallMatcher.always().onUsedConnections().next(FILES));
        long sick = request(EndpointFault.HANGS_UP.slug());

        endsAsEver(request(WELL));

        endsAsEver(sick);
        assertThat(stale.applied()).isPositive();
    }

    @Test
    void holdsUpNobodyElseWhenItsUploadsCrawl() {
        holdsUpNobodyElseWhoseUploadsMeet(new CallFault.Delay(Duration.ofMinutes(5)), CALLS);
    }

    @Test
    void holdsUpNobodyElseWhenTheStoreIsTooBusyForIt() {
        Reply busy = new Reply(503, Map.of("x-ms-error-code", "ServerBusy"), "");
        // the first ones have been given up by then
        holdsUpNobodyElseWhoseUploadsMeet(new CallFault.AnswerWithoutForwarding(busy), STORE_TRIES * CALLS + 1);
    }

    private static void holdsUpNobodyElseWhoseUploadsMeet(CallFault callFault, int often) {
        long next = request(WELL) + 1;
        InjectedFault injected = store.inject(callFault, CallMatcher.request("PUT", "in(/|%2F)" + next + "(/|%2F)"));
        long sick = request(EndpointFault.STALLS.slug());
        assertThat(sick).isEqualTo(next);
        until(() -> injected.applied() >= often);

        endsAsEver(request(WELL));

        assertThat(scorings(sick))
                .as("none is up")
                .allMatch(scoring -> scoring.attempts().isEmpty());
        injected.clear();
        endsAsEver(sick);
    }

    /** Has all of them suffer, and meanwhile a run of the one that is well end as ever. */
    private static Map<EndpointFault, Long> besideTheWell(List<EndpointFault> all, CallMatcher callMatcher) {
        Map<EndpointFault, InjectedFault> faults = new EnumMap<>(EndpointFault.class);
        all.forEach(endpointFault ->
                faults.put(endpointFault, way(endpointFault).inject(endpointFault.fault(), callMatcher)));
        Map<EndpointFault, Long> sick = new EnumMap<>(EndpointFault.class);
        all.forEach(endpointFault -> sick.put(endpointFault, request(endpointFault.slug())));
        until(() -> faults.values().stream().allMatch(fault -> fault.applied() > 0)
                && held(faults, EndpointFault.STALLS) == CALLS
                && held(faults, EndpointFault.DRIPS) == CALLS);

        endsAsEver(request(WELL));

        assertThat(held(faults, EndpointFault.STALLS))
                .as("calls that are still stalled")
                .isEqualTo(CALLS);
        assertThat(held(faults, EndpointFault.DRIPS))
                .as("answers that still drip")
                .isEqualTo(CALLS);
        return sick;
    }

    private static TestProxy way(EndpointFault endpointFault) {
        return Objects.requireNonNull(WAYS.get(endpointFault));
    }

    private static int held(Map<EndpointFault, InjectedFault> faults, EndpointFault endpointFault) {
        return Objects.requireNonNull(faults.get(endpointFault)).applied();
    }

    private static long request(String definition) {
        return node.part(RequestTrigger.class)
                .accept(new Request(definition, null, Map.of(), Map.of(), Actor.ANONYMOUS))
                .id();
    }

    private static RunView run(long id) {
        return node.part(RunReader.class).find(id).orElseThrow();
    }

    private static List<ScoringView> scorings(long run) {
        return node.part(RunReader.class).scorings(run, 0, FILES);
    }

    private static void until(BooleanSupplier holds) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(holds::getAsBoolean);
    }

    /** Every file has been started once and in one attempt. */
    private static void endsAsEver(long run) {
        RunView ended = node.ended(run);
        assertThat(ended.state()).as(ended.definition() + ": " + ended.cause()).isEqualTo(State.FINISHED);
        assertThat(RemoteJournal.of(TestEnvironment.sandbox().journal().entries(), CONTAINER + "/out/" + run + "/")
                        .started())
                .as(ended.definition())
                .hasSize(FILES)
                .doesNotHaveDuplicates();
        assertThat(scorings(run))
                .as(ended.definition())
                .allMatch(scoring -> scoring.attempts().size() == 1);
    }
}
