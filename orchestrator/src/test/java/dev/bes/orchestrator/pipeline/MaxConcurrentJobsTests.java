package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places of an endpoint, seen from the far side. */
@Tag("slow")
class MaxConcurrentJobsTests {
    private static final int PLACES = 5;
    private static final int RUNS = 4;
    private static final int FILES = 12;
    private static final String CONTAINER = "places";

    @TempDir
    Path folder;

    @Test
    void areNeverExceededByTheRunsOfTwoNodes() {
        JobFolder jobs = new JobFolder(folder).definition("narrow", "feature-hashing", "");
        IntStream.range(0, FILES)
                .forEach(i -> jobs.write("definitions/data/narrow/" + i + ".csv", "text\nday " + i + "\n"));
        Map<String, String> properties = Map.of(
                "orchestrator.endpoints.feature-hashing.max-concurrent-jobs",
                String.valueOf(PLACES),
                "orchestrator.blobs.container",
                CONTAINER);
        String database = TestEnvironment.newDatabase();
        try (OrchestratorNode a = OrchestratorNode.start(folder, database, properties);
                OrchestratorNode b = OrchestratorNode.start(folder, database, properties)) {
            List<Long> runs = IntStream.range(0, RUNS)
                    .mapToObj(i -> (i % 2 == 0 ? a : b)
                            .part(RequestTrigger.class)
                            .accept(new Request("narrow", null, Map.of(), Map.of(), Actor.ANONYMOUS))
                            .id())
                    .toList();

            assertThat(runs).allMatch(run -> a.ended(run).state() == State.FINISHED);
        }
        RemoteJournal remoteJournal =
                RemoteJournal.of(TestEnvironment.sandbox().journal().entries(), CONTAINER + "/out/");
        assertThat(remoteJournal.started()).hasSize(RUNS * FILES).doesNotHaveDuplicates();
        assertThat(mostUnended(remoteJournal)).isBetween(2, PLACES);
    }

    /** How many jobs the far side knew of at most, from the submit to the end. */
    private static int mostUnended(RemoteJournal remoteJournal) {
        Set<String> unended = new HashSet<>();
        int most = 0;
        for (var entry : remoteJournal.entries()) {
            String job = String.valueOf(entry.job());
            if (entry.event() == Event.SUBMIT) {
                unended.add(job);
            } else if (entry.event() == Event.STATE && "Finished".equals(entry.fact("to"))) {
                unended.remove(job);
            }
            most = Math.max(most, unended.size());
        }
        return most;
    }
}
