package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.JobAnswer.DoubleStart;
import dev.bes.sandbox.settings.JobAnswer.ExistingOutput;
import dev.bes.sandbox.settings.JobAnswer.StartOfCancelled;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/assumptions.md says: the invariants hold under the other answers, too. */
@Tag("slow")
class AssumptionsTests {
    private static final CallMatcher THE_START = CallMatcher.request("POST", "/jobs/[^/]+/start");

    @TempDir
    static Path folder;

    private static TestProxy testProxy;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        testProxy = TestProxy.to(TestEnvironment.sandbox().managedUrl());
        new JobFolder(folder)
                .definition("hashed", "feature-hashing", "")
                .write("definitions/data/hashed/a.csv", "text\ngood\n")
                .definition("hanging", "hangs", "")
                .write("definitions/data/hanging/a.csv", "text\ngood\n");
        String database = TestEnvironment.newDatabase();
        Map<String, String> properties = testProxy.in(OrchestratorNode.defaults(folder, database));
        properties.put("orchestrator.pipeline.start-grace", "500ms");
        properties.put("orchestrator.pipeline.output-wait", "30s");
        node = OrchestratorNode.start(folder, database, properties);
    }

    @AfterAll
    static void stop() {
        node.close();
        testProxy.close();
    }

    @AfterEach
    void clear() {
        testProxy.clear();
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE);
    }

    static Stream<Arguments> startsAJobOnce() {
        return Stream.of(DoubleStart.values())
                .flatMap(
                        answer -> Stream.of(new CallFault.ResetBeforeForwarding(), new CallFault.ResetAfterForwarding())
                                .map(lost -> Arguments.of(answer, lost)));
    }

    @ParameterizedTest
    @MethodSource
    void startsAJobOnce(DoubleStart answer, CallFault lost) {
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE.with(answer));
        InjectedFault injected = testProxy.inject(lost, THE_START.next(1));

        RunView run = node.score("hashed", Map.of());

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(injected.applied()).isEqualTo(1);
        assertThat(starts(run)).containsExactly(true);
    }

    @Test
    void cannotHelpAGatewayThatRepeatsAStartToAServiceThatExecutesItTwice() {
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE.with(DoubleStart.EXECUTED_TWICE));
        testProxy.inject(new CallFault.Duplicate(), THE_START.next(1));

        RunView run = node.score("hashed", Map.of());

        assertThat(starts(run)).containsExactly(true, true);
    }

    @ParameterizedTest
    @EnumSource
    void startsNothingThatIsCancelled(StartOfCancelled answer) {
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE.with(answer));
        long run = requested("hanging");
        await().until(() -> starts(run).equals(List.of(true)));

        node.part(Cancellation.class).cancel(run, Actor.user("ada"));

        assertThat(node.ended(run).state()).isEqualTo(State.CANCELLED);
        assertThat(events(run))
                .containsSubsequence(Event.START, Event.DELETE)
                .last()
                .isEqualTo(Event.STATE);
        assertThat(starts(run)).containsExactly(true);
    }

    @ParameterizedTest
    @EnumSource
    void hasAPlaceOfItsOwnForEachOutput(ExistingOutput treatment) {
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE.with(treatment));
        testProxy.inject(
                new CallFault.ResetAfterForwarding(),
                CallMatcher.request("POST", "/jobs\\?").next(1));

        for (int again = 0; again < 2; again++) {
            RunView run = node.score("hashed", Map.of());
            assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        }
    }

    @Test
    void waitsForAnOutputThatComesAfterTheEnd() {
        TestEnvironment.sandbox().assumptions(Assumptions.SAFE.withOutputDelay(Duration.ofSeconds(1)));

        RunView run = node.score("hashed", Map.of());

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(events(run.id())).containsSubsequence(Event.STATE, Event.OUTPUT);
    }

    private static long requested(String definition) {
        return node.part(RequestTrigger.class)
                .accept(new Request(definition, null, Map.of(), Map.of(), Actor.ANONYMOUS))
                .id();
    }

    private static List<Object> starts(RunView run) {
        return starts(run.id());
    }

    private static List<Object> starts(long run) {
        return journal(run).stream()
                .filter(it -> it.event() == Event.START)
                .map(it -> it.facts().get("accepted"))
                .toList();
    }

    private static List<Event> events(long run) {
        return journal(run).stream().map(JournalEntry::event).toList();
    }

    /** What the remote side knows of the bound job of a run; nothing before there is one. */
    private static List<JournalEntry> journal(long run) {
        return node.part(RunReader.class).scorings(run, 0, 1).getFirst().attempts().stream()
                .map(attempt -> attempt.jobId())
                .filter(Objects::nonNull)
                .flatMap(job -> TestEnvironment.sandbox().journal().of(job).stream())
                .filter(it -> it.event() != Event.CALL)
                .toList();
    }
}
