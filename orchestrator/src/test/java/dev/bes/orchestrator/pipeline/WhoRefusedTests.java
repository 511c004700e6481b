package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.submit.OneCallScoring;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scoring makes of a refusal, by who refused: only the service knows its jobs, and a hop knows nothing of either. */
class WhoRefusedTests {
    @TempDir
    Path folder;

    private final StepFixture stepFixture = new StepFixture();

    static List<RemoteException> noVerdictsOnAJob() {
        return List.of(
                new NotFound(By.HOP, "404", true),
                new NotFound(By.GATEWAY, "404", true),
                new NotFound(By.SERVICE, "404 WebServiceNotFound", true),
                new NotFound(By.UNKNOWN, "404", true),
                new Refused(By.HOP, "403"),
                new Refused(By.GATEWAY, "401"),
                new Refused(By.SERVICE, "401"),
                new Rejected(By.HOP, "", "400", Reason.REQUEST),
                new Rejected(By.GATEWAY, "", "405", Reason.REQUEST));
    }

    @ParameterizedTest
    @MethodSource("noVerdictsOnAJob")
    void neverLosesAStartedJob(RemoteException e) {
        stepFixture.jobs.answers(e);

        var later = StepFixture.later(
                stepFixture.poll().poll(aRunningClaim().notFoundCount(50).build()));
        assertThat(later.notFound()).isFalse();
        assertThat(later.failure()).contains(String.valueOf(e.getMessage()));
    }

    @ParameterizedTest
    @MethodSource("noVerdictsOnAJob")
    void neverLosesAJobThatIsToBeStarted(RemoteException e) {
        Claim claim = aClaim(Step.SUBMITTED)
                .since(StepFixture.GRACE.plusSeconds(1))
                .notFoundCount(50)
                .build();

        stepFixture.jobs.answers(e).answers(e);
        assertThat(StepFixture.later(stepFixture.start().first(stepFixture.jobs, claim))
                        .notFound())
                .isFalse();
        assertThat(StepFixture.later(stepFixture.start().again(stepFixture.jobs, claim))
                        .notFound())
                .isFalse();
        assertThat(stepFixture.jobs.calls).containsExactly("start j1", "status j1");
    }

    @ParameterizedTest
    @MethodSource("noVerdictsOnAJob")
    void takesNoJobForStoppedThatTheServiceWasNotAskedFor(RemoteException e) {
        Claim claim = aRunningClaim().notFoundCount(50).build();

        stepFixture.jobs.answers(e).answers(State.RUNNING, "Running");
        assertThat(StepFixture.later(stepFixture.stop().stop(claim, StopReason.CANCEL))
                        .failure())
                .startsWith("Cannot cancel job j1 yet: ");
        stepFixture.jobs.answers("").answers(e);
        assertThat(StepFixture.later(stepFixture.stop().stop(claim, StopReason.CANCEL))
                        .notFound())
                .isFalse();
        stepFixture.jobs.answers(e).answers(State.CANCELLED, "Cancelled");
        assertThat(StepFixture.move(stepFixture.stop().stop(claim, StopReason.CANCEL))
                        .to()
                        .state())
                .as("how the job stands tells more than who would not have it cancelled")
                .isEqualTo(dev.bes.orchestrator.run.State.CANCELLED);
    }

    static List<RemoteException> noVerdictsOnASubmit() {
        return List.of(
                new Refused(By.HOP, "403"),
                new NotFound(By.HOP, "404", true),
                new Refused(By.STORE, "the store refuses us"),
                new Rejected(Reason.BLOB_NOT_FOUND, "Unable to access the provided Azure blob"));
    }

    @ParameterizedTest
    @MethodSource("noVerdictsOnASubmit")
    void submitsLaterWhatNobodyHasJudged(RemoteException e) {
        stepFixture.jobs.answers(e);

        assertThat(StepFixture.later(stepFixture
                                .submit()
                                .submit(
                                        stepFixture.jobs,
                                        aClaim(Step.STAGED).intents(4).build(),
                                        NONCE))
                        .failure())
                .isEqualTo("Submitting is retried later: " + e.getMessage());
    }

    @Test
    void endsWhatAHopWillNeverTake() {
        stepFixture.jobs.answers(new Rejected(By.HOP, "", "413", Reason.TOO_LARGE));

        assertThat(StepFixture.failure(stepFixture
                        .submit()
                        .submit(stepFixture.jobs, aClaim(Step.STAGED).build(), NONCE)))
                .isEqualTo("The job was not accepted: 413");
    }

    @Test
    void takesAHopThatLetsNobodyPassForNoSignOfLife() {
        Claim claim = aClaim(Step.STAGED).intents(1).build();
        stepFixture.jobs.answers(new Refused(By.HOP, "403")).answers(new Refused(By.GATEWAY, "401"));

        assertThat(StepFixture.later(stepFixture.submit().probe(stepFixture.jobs, claim))
                        .failure())
                .isEqualTo("The next submit waits until the service answers: 403");
        assertThat(stepFixture.submit().probe(stepFixture.jobs, claim)).isEqualTo(new Outcome.Unchanged(claim));
    }

    private Outcome execute(RemoteException e) throws IOException {
        ClaimBuilder claim = aClaim(Step.STAGED).requestResponse(2);
        claim.stagedFrom(Files.writeString(folder.resolve("day.csv"), "text\na\n"));
        OneCallScoring oneCallScoring = new OneCallScoring(
                new InMemoryBlobs(), stepFixture.rows.intents(), stepFixture.retryPolicy, stepFixture.opener());
        return oneCallScoring.score(
                (inputs, parameters) -> {
                    throw e;
                },
                claim.build(),
                NONCE);
    }

    @ParameterizedTest
    @EnumSource(value = By.class, mode = Mode.EXCLUDE, names = "STORE")
    void scoresByAJobWhatIsTooLargeForOneCall(By by) throws IOException {
        assertThat(StepFixture.later(execute(new Rejected(by, "", "413", Reason.TOO_LARGE)))
                        .failure())
                .isEqualTo("RRS does not accept it, so it is submitted as a remote job: 413");
    }

    static List<RemoteException> noVerdictsOnACall() {
        return List.of(
                new Refused(By.HOP, "403"),
                new NotFound(By.HOP, "404", true),
                new Rejected(By.HOP, "", "400", Reason.REQUEST),
                new NotFound(By.GATEWAY, "404", true),
                new Rejected(By.GATEWAY, "", "405", Reason.REQUEST),
                new NotFound(By.UNKNOWN, "404", true));
    }

    @ParameterizedTest
    @MethodSource("noVerdictsOnACall")
    void scoresByAJobWhatTheServiceWasNotAskedFor(RemoteException e) throws IOException {
        assertThat(StepFixture.later(execute(e)).failure())
                .startsWith("RRS does not accept it, so it is submitted as a remote job: ");
    }

    static List<RemoteException> verdictsOnACall() {
        return List.of(
                new Rejected("InputParseError", "no"),
                new Refused(By.SERVICE, "401"),
                new Refused(By.GATEWAY, "401"),
                new Refused(By.UNKNOWN, "401"),
                new NotFound(By.SERVICE, "404", true));
    }

    @ParameterizedTest
    @MethodSource("verdictsOnACall")
    void endsWithTheWordOfThoseWhoDecide(RemoteException e) throws IOException {
        assertThat(StepFixture.failure(execute(e))).isEqualTo("RRS did not score it: " + e.getMessage());
    }
}
