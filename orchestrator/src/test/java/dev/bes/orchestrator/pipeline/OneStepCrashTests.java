package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.kinds.FileBackedJobs;
import dev.bes.orchestrator.kinds.NamedFake;
import dev.bes.orchestrator.kinds.UnnamedFake;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * Remote services whose jobs are at work from the one call on that makes them, under our name or under an id of theirs. At each
 * moment of the work the node dies, sleeps, loses an answer, or has its run cancelled: each run is scored by one job.
 */
@Tag("slow")
class OneStepCrashTests {
    @TempDir
    static Path folder;

    private static final Set<String> ASKED = new HashSet<>();
    private static List<Side> sides;

    /** A far side of one class, and the runs that go there. */
    private record Side(String name, FileBackedJobs far, EveryPointRuns moments) {
        static Side of(String name, Function<FileBackedJobs, RemoteKind> kind) throws IOException {
            RealRemote[] remote = new RealRemote[1];
            FileBackedJobs far = new FileBackedJobs(folder.resolve(name), () -> remote[0].blobs(), Duration.ZERO);
            remote[0] = new RealRemote("one-step", kind.apply(far));
            return new Side(name, far, new EveryPointRuns(remote[0], folder, run -> run));
        }

        private void work(Accepted accepted, PipelineNode node) {
            node.launch(accepted.run());
            moments.rows.letTimePass(accepted.run());
            node.track(accepted.run());
            moments.rows.letTimePass(accepted.run());
            node.collect(accepted.run());
        }

        private DynamicContainer atEachMoment(Consumer<Integer> test, String... except) {
            Stream<DynamicTest> tests = moments.each(
                    this::work, all -> assertThat(all).hasSizeGreaterThanOrEqualTo(16), test::accept, except);
            return DynamicContainer.dynamicContainer(name, tests);
        }

        /** One job is ours and at its end; every other one that a call of ours has made is cancelled. */
        private void isScoredOnce(Accepted accepted) {
            AttemptView attempt = moments.onlyAttempt(accepted);
            List<FileBackedJobs.Job> jobs = far.jobs(accepted.id());
            assertThat(jobs)
                    .as("not cancelled")
                    .filteredOn(job -> !far.isCancelled(job.id()))
                    .extracting(FileBackedJobs.Job::id)
                    .containsExactly(attempt.jobId());
            assertThat(intents(accepted.id()))
                    .as("each call was written down before")
                    .containsAll(jobs.stream().map(FileBackedJobs.Job::nonce).toList());
            assertThat(attempt.outputs().values().iterator().next().blob())
                    .isEqualTo(jobs.stream()
                            .filter(job -> job.id().equals(attempt.jobId()))
                            .findFirst()
                            .orElseThrow()
                            .output());
            moments.isDeliveredAlone(accepted, attempt);
        }
    }

    @BeforeAll
    static void reachOut() throws IOException {
        sides = List.of(
                Side.of("named", NamedFake::new),
                Side.of("unnamed", far -> new UnnamedFake(far, 1)),
                Side.of("unnamed, two jobs of a call", far -> new UnnamedFake(far, 2)));
    }

    @AfterAll
    static void hangUp() {
        sides.forEach(side -> side.moments.close());
    }

    private static Stream<Side> onlyWhereOneCallIsOneJob() {
        return sides.stream().filter(side -> !side.name.contains("two"));
    }

    @TestFactory
    Stream<DynamicContainer> surviveTheDeathOfANode() {
        return onlyWhereOneCallIsOneJob()
                .map(side -> side.atEachMoment(moment -> side.isScoredOnce(side.moments.outlived(moment, side::work))));
    }

    @TestFactory
    Stream<DynamicContainer> surviveANodeThatWasTakenForDeadAndWakesUp() {
        return onlyWhereOneCallIsOneJob()
                .map(side -> side.atEachMoment(
                        moment -> side.isScoredOnce(side.moments.overslept(moment, side::work)), "before commit"));
    }

    @TestFactory
    Stream<DynamicContainer> surviveACallWithoutAClearAnswer() {
        return onlyWhereOneCallIsOneJob()
                .map(side -> side.atEachMoment(
                        moment -> side.isScoredOnce(lost(side, moment)), "before commit", "after commit"));
    }

    private static Accepted lost(Side side, int moment) {
        Accepted accepted = side.moments.accept();
        InterceptionPoints loss = new InterceptionPoints(moment, () -> {
            throw new RemoteException.Unavailable("the answer is lost");
        });
        side.work(accepted, side.moments.node("unlucky", loss));
        assertThat(side.moments.inherited(accepted)).isEqualTo(State.FINISHED);
        return accepted;
    }

    @TestFactory
    Stream<DynamicContainer> leaveNothingAtWorkWhenTheRunIsCancelled() {
        return onlyWhereOneCallIsOneJob()
                .map(side -> side.atEachMoment(
                        moment -> {
                            Accepted accepted = side.moments.accept();
                            boolean live = side.moments.cancelled(accepted, moment, side::work);

                            assertThat(side.far.jobs(accepted.id()))
                                    .hasSizeLessThanOrEqualTo(1)
                                    .allMatch(job -> !live || hasEnded(side, job));
                        },
                        "before commit"));
    }

    private static boolean hasEnded(Side side, FileBackedJobs.Job job) {
        return side.far.hasFinished(job.id()) || side.far.isCancelled(job.id());
    }

    /** What a service makes too much of a call is seen only where its answer was lost. */
    @Test
    void adoptTheOldestJobOfACallAndCancelTheOthers() {
        Side twice = sides.getLast();
        Accepted accepted = lost(twice, momentAfter(twice, "invoke"));

        twice.isScoredOnce(accepted);
        List<FileBackedJobs.Job> jobs = twice.far.jobs(accepted.id());
        assertThat(jobs).hasSize(2);
        assertThat(twice.moments.onlyAttempt(accepted).jobId())
                .isEqualTo(jobs.getFirst().id());
        assertThat(twice.moments.rows.reader().history(accepted.id(), 100))
                .anyMatch(entry -> String.valueOf(entry.cause()).contains(": 1 cancelled, which may be charged"));
    }

    private static int momentAfter(Side side, String call) {
        InterceptionPoints all = InterceptionPoints.quiet();
        side.work(side.moments.accept(), side.moments.node("first", all));
        return all.passed.indexOf("after " + call);
    }

    /** A far side whose calls that make jobs go wrong before they have an effect, so many times. */
    private static List<Side> refusing(int times, RemoteException no) throws IOException {
        AtomicInteger named = new AtomicInteger(times);
        AtomicInteger unnamed = new AtomicInteger(times);
        return List.of(
                Side.of("named, refusing", far -> new NamedFake(far) {
                    @Override
                    public void create(String name, JobRequest request) {
                        refuse(named, no);
                        super.create(name, request);
                    }
                }),
                Side.of("unnamed, refusing", far -> new UnnamedFake(far, 1) {
                    @Override
                    public String invoke(UUID nonce, JobRequest request) {
                        refuse(unnamed, no);
                        return super.invoke(nonce, request);
                    }
                }));
    }

    private static void refuse(AtomicInteger times, RemoteException no) {
        if (times.getAndDecrement() > 0) {
            throw no;
        }
    }

    @Test
    void callAgainWhenThereWereTooManyCalls() throws IOException {
        for (Side side : refusing(1, new RemoteException.Throttled("too many calls", Duration.ZERO))) {
            Accepted accepted = side.moments.accept();

            assertThat(side.moments.inherited(accepted)).isEqualTo(State.FINISHED);
            side.isScoredOnce(accepted);
            assertThat(intents(accepted.id()))
                    .as("the refused call is taken back")
                    .hasSize(1);
            side.moments.close();
        }
    }

    @Test
    void endWithADefiniteNo() throws IOException {
        for (Side side : refusing(1, new RemoteException.Rejected("BadArgument", "no such input"))) {
            Accepted accepted = side.moments.accept();

            assertThat(side.moments.inherited(accepted)).isEqualTo(State.FAILED);
            assertThat(side.moments.rows.reader().scorings(accepted.id(), 0, 1))
                    .singleElement()
                    .satisfies(scoring ->
                            assertThat(scoring.cause()).isEqualTo("The job was not accepted: no such input"));
            assertThat(side.far.jobs(accepted.id())).isEmpty();
            side.moments.close();
        }
    }

    /** Only a job without a name leaves a doubt: under its name it can be created as often as it takes. */
    @Test
    void askForADecisionAfterFiveCallsThatLeftNothingToBeFound() throws IOException {
        for (Side side : refusing(20, new RemoteException.Unavailable("the gateway timed out"))) {
            boolean named = side.name.startsWith("named");
            Accepted accepted = side.moments.accept();
            PipelineNode node = side.moments.node("patient", InterceptionPoints.quiet());
            for (int i = 0; i < 8; i++) {
                node.launch(accepted.run());
                side.moments.rows.letTimePass(accepted.run());
            }

            assertThat(side.moments.rows.reader().scorings(accepted.id(), 0, 1))
                    .singleElement()
                    .satisfies(scoring ->
                            assertThat(scoring.attention()).isEqualTo(named ? null : Attention.SUBMITS_UNANSWERED));
            assertThat(intents(accepted.id())).hasSize(named ? 1 : SubmitIntents.MAX);
            side.moments.close();
        }
    }

    @Test
    void areCaughtWithoutASearchAfterACallWithoutAClearAnswer() throws IOException {
        Side blind = Side.of("blind", far -> new UnnamedFake(far, 1) {
            @Override
            public List<Found> search(Collection<UUID> nonces) {
                return List.of();
            }
        });
        isCaught(blind, "invoke");
    }

    @Test
    void areCaughtWithASecondNameForAnAttempt() throws IOException {
        Side forgetful = Side.of("forgetful", far -> new NamedFake(far) {
            @Override
            public void create(String name, JobRequest request) {
                try {
                    super.create(name, request);
                } catch (RemoteException.Rejected e) {
                    super.create(UUID.randomUUID().toString(), request);
                }
            }

            @Override
            public JobStatus status(String jobId) {
                if (ASKED.add(jobId)) {
                    throw new RemoteException.NotFound("not asked for by its name");
                }
                return super.status(jobId);
            }
        });
        isCaught(forgetful, "create");
    }

    private static void isCaught(Side broken, String call) {
        Accepted accepted = lost(broken, momentAfter(broken, call));
        assertThatThrownBy(() -> broken.isScoredOnce(accepted)).isInstanceOf(AssertionError.class);
        broken.moments.close();
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
