package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Azure Machine Learning as the sandbox plays it, in both modes. At each moment of the work the node dies, sleeps, loses an answer, or has
 * its run cancelled: each run is scored by one job, by the sandbox's own journal.
 */
@Tag("slow")
class AzuremlCrashTests {
    private static final String CONTAINER = "azureml-crashes";
    private static final BatchEndpointSettings MANY_CALLS =
            BatchEndpointSettings.DEFAULT.withArmLimits(new ArmLimits(100_000, 1_000, 100_000, 1_000));

    @TempDir
    static Path folder;

    private static List<Side> sides;

    /** One mode, and the runs that go there. */
    private record Side(String mode, EveryPointRuns moments) {
        static Side of(String mode, UnaryOperator<RemoteJobs> defect) throws IOException {
            Path input = Files.writeString(folder.resolve("strikes.csv"), "Col2\nThis is a good day\n");
            List<String> columns = Stream.concat(
                            Stream.of("Col2"),
                            IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i))
                    .toList();
            RealRemote remote = new RealRemote(
                    CONTAINER,
                    OrchestratorNode.azureml(
                            RealRemote.ENDPOINT, "SimpleFeatureHashingExperiment", mode, CONTAINER),
                    defect);
            return new Side(
                    mode,
                    new EveryPointRuns(remote, folder, run -> run.withFiles(
                                    List.of(new InputFile(input.toString(), "strikes.csv")))
                            .withOutput("score", new Output(Rows.SAME, columns, Header.ABSENT))));
        }

        private void work(Accepted accepted, PipelineNode node) {
            node.launch(accepted.run());
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> trail(accepted).jobs().stream().allMatch(job -> hasEnded(accepted, job)));
            moments.rows.letTimePass(accepted.run());
            node.track(accepted.run());
            moments.rows.letTimePass(accepted.run());
            node.collect(accepted.run());
        }

        private DynamicContainer atEachMoment(Consumer<Integer> test, String... except) {
            Stream<DynamicTest> tests = moments.each(
                    this::work, all -> assertThat(all).hasSizeGreaterThanOrEqualTo(16), test::accept, except);
            return DynamicContainer.dynamicContainer(mode, tests);
        }

        private int momentAfter(String call) {
            InterceptionPoints all = InterceptionPoints.quiet();
            work(moments.accept(), moments.node("first", all));
            return all.passed.indexOf("after " + call);
        }

        private Accepted lost(int moment) {
            Accepted accepted = moments.accept();
            InterceptionPoints loss = new InterceptionPoints(moment, () -> {
                throw new RemoteException.Unavailable("the answer is lost");
            });
            work(accepted, moments.node("unlucky", loss));
            assertThat(moments.inherited(accepted)).isEqualTo(State.FINISHED);
            return accepted;
        }

        /** One job is ours; every other one that a call of ours has made is cancelled. */
        private void isScoredOnce(Accepted accepted) {
            AttemptView attempt = moments.onlyAttempt(accepted);
            RemoteJournal trail = trail(accepted);
            Set<String> others = new HashSet<>(trail.jobs());
            others.remove(attempt.jobId());
            assertThat(trail.jobs()).as("ours is there").contains(attempt.jobId());
            assertThat(trail.of(Event.DELETE))
                    .as("each other one is cancelled")
                    .extracting(entry -> String.valueOf(entry.job()))
                    .containsAll(others)
                    .doesNotContain(attempt.jobId());
            assertThat(trail.of(Event.SUBMIT))
                    .as("each call was written down before")
                    .allSatisfy(entry -> assertThat(intents(accepted.id()))
                            .anyMatch(nonce -> String.valueOf(entry.fact("outputs")).contains(nonce)));
            if (mode.equals("named")) {
                assertThat(trail.jobs()).as("one job, whatever happens").hasSize(1);
            }
            moments.isDeliveredAlone(accepted, attempt);
        }
    }

    private static RemoteJournal trail(Accepted accepted) {
        return RemoteJournal.of(
                TestEnvironment.sandbox().journal().entries(), CONTAINER + "/out/" + accepted.id() + "/");
    }

    private static boolean hasEnded(Accepted accepted, String job) {
        return List.of("Finished", "Cancelled", "Failed").contains(trail(accepted).end(job));
    }

    @BeforeAll
    static void reachOut() throws IOException {
        TestEnvironment.sandbox().batchEndpoints(MANY_CALLS);
        sides = List.of(Side.of("named", jobs -> jobs), Side.of("invoke", jobs -> jobs));
    }

    @AfterAll
    static void hangUp() {
        sides.forEach(side -> side.moments.close());
        TestEnvironment.sandbox().batchEndpoints(BatchEndpointSettings.DEFAULT);
    }

    @TestFactory
    Stream<DynamicContainer> surviveTheDeathOfANode() {
        return sides.stream()
                .map(side -> side.atEachMoment(moment -> side.isScoredOnce(side.moments.outlived(moment, side::work))));
    }

    @TestFactory
    Stream<DynamicContainer> surviveANodeThatWasTakenForDeadAndWakesUp() {
        return sides.stream()
                .map(side -> side.atEachMoment(
                        moment -> side.isScoredOnce(side.moments.overslept(moment, side::work)), "before commit"));
    }

    @TestFactory
    Stream<DynamicContainer> surviveACallWithoutAClearAnswer() {
        return sides.stream()
                .map(side -> side.atEachMoment(
                        moment -> side.isScoredOnce(side.lost(moment)), "before commit", "after commit"));
    }

    @TestFactory
    Stream<DynamicContainer> leaveNothingAtWorkWhenTheRunIsCancelled() {
        return sides.stream()
                .map(side -> side.atEachMoment(
                        moment -> {
                            Accepted accepted = side.moments.accept();
                            side.moments.cancelled(accepted, moment, side::work);

                            assertThat(trail(accepted).jobs())
                                    .hasSizeLessThanOrEqualTo(1)
                                    .allMatch(job -> hasEnded(accepted, job));
                        },
                        "before commit"));
    }

    /** What a service makes too much of a call is seen only where its answer was lost. */
    @Test
    void adoptTheOldestJobOfAnInvocationAndCancelTheOthers() {
        Accepted accepted = withJobsPerInvoke(sides.getLast());

        sides.getLast().isScoredOnce(accepted);
        isOfTheOldestJob(sides.getLast(), accepted);
        assertThat(sides.getLast().moments.rows.reader().history(accepted.id(), 100))
                .anyMatch(entry -> String.valueOf(entry.cause()).contains(": 2 cancelled, which may be charged"));
    }

    private static Accepted withJobsPerInvoke(Side side) {
        int moment = side.momentAfter("invoke");
        TestEnvironment.sandbox().batchEndpoints(MANY_CALLS.withJobsPerInvoke(3));
        try {
            return side.lost(moment);
        } finally {
            TestEnvironment.sandbox().batchEndpoints(MANY_CALLS);
        }
    }

    private static void isOfTheOldestJob(Side side, Accepted accepted) {
        assertThat(side.moments.onlyAttempt(accepted).jobId())
                .isEqualTo(trail(accepted).of(Event.SUBMIT).getFirst().job());
    }

    @Test
    void areCaughtWithoutASearchAfterACallWithoutAClearAnswer() throws IOException {
        Side blind = Side.of("invoke", jobs -> searching((UnnamedJobs) jobs, found -> List.of()));
        Accepted accepted = blind.lost(blind.momentAfter("invoke"));

        assertThatThrownBy(() -> blind.isScoredOnce(accepted)).isInstanceOf(AssertionError.class);
        blind.moments.close();
    }

    @Test
    void areCaughtWhenTheyAdoptTheNewestJob() throws IOException {
        Side newest = Side.of("invoke", jobs -> searching((UnnamedJobs) jobs, List::reversed));
        Accepted accepted = withJobsPerInvoke(newest);

        assertThatThrownBy(() -> isOfTheOldestJob(newest, accepted)).isInstanceOf(AssertionError.class);
        newest.moments.close();
    }

    @Test
    void areCaughtWithASecondNameForAnAttempt() throws IOException {
        Set<String> asked = new HashSet<>();
        Side forgetful = Side.of("named", jobs -> forgetting((NamedJobs) jobs, asked));
        Accepted accepted = forgetful.lost(forgetful.momentAfter("create"));

        assertThatThrownBy(() -> forgetful.isScoredOnce(accepted)).isInstanceOf(AssertionError.class);
        forgetful.moments.close();
    }

    private static UnnamedJobs searching(UnnamedJobs real, UnaryOperator<List<UnnamedJobs.Found>> seen) {
        return new UnnamedJobs() {
            @Override
            public String invoke(UUID nonce, JobRequest request) {
                return real.invoke(nonce, request);
            }

            @Override
            public List<Found> search(Collection<UUID> nonces) {
                return seen.apply(real.search(nonces));
            }

            @Override
            public JobStatus status(String jobId) {
                return real.status(jobId);
            }

            @Override
            public void cancel(String jobId) {
                real.cancel(jobId);
            }
        };
    }

    /** Does not ask by the name first, and takes another name when it is taken. */
    private static NamedJobs forgetting(NamedJobs real, Set<String> asked) {
        return new NamedJobs() {
            @Override
            public void create(String name, JobRequest request) {
                try {
                    real.create(name, request);
                } catch (RemoteException.Rejected e) {
                    real.create(UUID.randomUUID().toString(), request);
                }
            }

            @Override
            public JobStatus status(String jobId) {
                if (asked.add(jobId)) {
                    throw new RemoteException.NotFound("not asked for by its name");
                }
                return real.status(jobId);
            }

            @Override
            public void cancel(String jobId) {
                real.cancel(jobId);
            }
        };
    }

    private static List<String> intents(long run) {
        return DatabaseFixture.shared()
                .jdbc()
                .sql("SELECT nonce::text FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ?")
                .param(run)
                .query(String.class)
                .list();
    }
}
