package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.TestProxy;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose calls reach the far side, but whose replies are lost, late or doubled on the way. */
@Tag("slow")
class LostRepliesTests {
    private static final String CONTAINER = "lost-replies";
    private static final String SUBMIT = "/jobs[?]";
    private static final String START = "/start[?]";

    @TempDir
    static Path folder;

    private static TestProxy testProxy;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        testProxy = TestProxy.to(TestEnvironment.sandbox().managedUrl());
        String database = TestEnvironment.newDatabase();
        Map<String, String> properties = testProxy.in(OrchestratorNode.defaults(folder, database));
        properties.put("orchestrator.endpoints.feature-hashing.call-timeout", "1s");
        properties.put("orchestrator.pipeline.start-grace", "3s");
        properties.put("orchestrator.blobs.container", CONTAINER);
        new JobFolder(folder)
                .definition("hash", "feature-hashing", "")
                .write("definitions/data/hash/day.csv", "text\nThis is a good day\n");
        node = OrchestratorNode.start(folder, database, properties);
    }

    @AfterAll
    static void stop() {
        node.close();
        testProxy.close();
    }

    @AfterEach
    void heal() {
        testProxy.clear();
    }

    /** Scores a file while calls of that kind meet a fault once, and tells what the far side saw. */
    private static RemoteJournal scored(CallFault callFault, String method, String target) {
        InjectedFault injected =
                testProxy.inject(callFault, CallMatcher.request(method, target).next(1));
        RunView run = node.score("hash", Map.of());

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(injected.applied()).as("the fault has happened").isOne();
        RemoteJournal remoteJournal =
                RemoteJournal.of(TestEnvironment.sandbox().journal().entries(), CONTAINER + "/out/" + run.id() + "/");
        String job = node.part(RunReader.class)
                .scorings(run.id(), 0, 1)
                .getFirst()
                .attempts()
                .getFirst()
                .jobId();
        assertThat(remoteJournal.started())
                .as("started once, and only what is ours")
                .containsExactly(job);
        return remoteJournal;
    }

    @Test
    void leaveAJobThatNobodyStartsWhenTheReplyToASubmitIsLost() {
        RemoteJournal remoteJournal = scored(new CallFault.ResetAfterForwarding(), "POST", SUBMIT);

        assertThat(remoteJournal.of(Event.SUBMIT)).hasSize(2);
    }

    @Test
    void leaveAJobThatNobodyStartsWhenTheReplyToASubmitIsCutShort() {
        RemoteJournal remoteJournal = scored(new CallFault.Truncate(7), "POST", SUBMIT);

        assertThat(remoteJournal.of(Event.SUBMIT)).hasSize(2);
    }

    @Test
    void leaveAJobThatNobodyStartsWhenTheGatewaySendsASubmitTwice() {
        RemoteJournal remoteJournal = scored(new CallFault.Duplicate(), "POST", SUBMIT);

        assertThat(remoteJournal.of(Event.SUBMIT)).hasSize(2);
    }

    @Test
    void startNothingAgainWhenTheReplyToAStartIsLost() {
        RemoteJournal remoteJournal = scored(new CallFault.ResetAfterForwarding(), "POST", START);

        assertThat(remoteJournal.of(Event.START))
                .as("the job was asked instead")
                .hasSize(1);
    }

    @Test
    void startNothingAgainWhileAStartIsOnItsWay() {
        RemoteJournal remoteJournal = scored(new CallFault.Delay(Duration.ofSeconds(2)), "POST", START);

        assertThat(remoteJournal.of(Event.SUBMIT)).hasSize(1);
    }

    @Test
    void areAskedForAgainWhenAQuestionHasNoAnswer() {
        scored(new CallFault.ResetBeforeForwarding(), "GET", "/jobs/");
    }
}
