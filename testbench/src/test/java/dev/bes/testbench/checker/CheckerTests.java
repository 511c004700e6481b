package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.Invariant.V1;
import static dev.bes.testbench.checker.Invariant.V10;
import static dev.bes.testbench.checker.Invariant.V11;
import static dev.bes.testbench.checker.Invariant.V12;
import static dev.bes.testbench.checker.Invariant.V13;
import static dev.bes.testbench.checker.Invariant.V14;
import static dev.bes.testbench.checker.Invariant.V15;
import static dev.bes.testbench.checker.Invariant.V2;
import static dev.bes.testbench.checker.Invariant.V3;
import static dev.bes.testbench.checker.Invariant.V4;
import static dev.bes.testbench.checker.Invariant.V5;
import static dev.bes.testbench.checker.Invariant.V6;
import static dev.bes.testbench.checker.Invariant.V7;
import static dev.bes.testbench.checker.Invariant.V8;
import static dev.bes.testbench.checker.Invariant.V9;
import static dev.bes.testbench.checker.Seed.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.testbench.checker.analysis.AllowedTransitions;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.SearchedText;
import dev.bes.testbench.checker.evidence.Snapshot.Comparison;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A clean world, spoilt in one place at a time: the invariants named, and no others, must say so. */
class CheckerTests {

    private static final List<Seed> SEEDS = List.of(
            seed("an acknowledged key has no run", SpoiltRows::acknowledgedKeyWithoutRun, V1),
            seed("a key has two runs", SpoiltRows::twoRunsForOneKey, V1),
            seed("a run has a key that nobody sent", SpoiltRows::runThatNobodyAskedFor, V1),
            seed("a request committed by SQL has no run", SpoiltRows::committedRequestWithoutRun, V1),
            seed("a time of a backfill has no run", SpoiltRows::backfillWithoutRun, V1),
            seed("a time of a backfill has two runs", SpoiltRows::twoRunsForATimeOfABackfill, V1),
            seed("a file of a group has no scoring", SpoiltRows::fileOfAGroupWithoutScoring, V1),
            seed("a dropped file became two runs", SpoiltRows::fileTakenTwice, V1),
            seed("a fire time has no run", SpoiltRows::fireTimeLost, V1),
            seed("a run has a fire time that is none", SpoiltRows::firedAtNoInstant, V1),
            seed("a scoring has two shadows", w -> w.shadow(22, 200), V1),
            seed("a shadow of a scoring without an output", w -> w.shadow(22, 40), V1),
            seed("a shadow of a shadow", w -> w.shadow(22, 210), V1),
            seed("an output is not compared", w -> w.compared.add(10L), V1),
            seed(
                    "a scoring is compared with the shadow of another",
                    w -> w.comparisons.add(new Comparison(10, 21L, "same", "shadow")),
                    V1),
            seed("a shadow has no verdict", SpoiltShadows::withoutVerdict, V2),
            seed("a shadow needs attention", SpoiltShadows::needsAttention, V2),
            seed("a shadow of the same service differs", SpoiltShadows::differs, V6),
            seed("a shadow delivers", SpoiltShadows::delivers, V6),
            seed("a file is in the folder of shadows", SpoiltShadows::leavesAFile, V6),
            seed("a shadow fails the run that it belongs to", SpoiltShadows::failsItsRun, V9),
            seed("files share a job for nobody", w -> SpoiltFolds.carrier(w, 33, 990), V1),
            seed("a scoring has the rows of another file", SpoiltFolds::rowsOfAnotherFile, V6),
            seed("a scoring lacks a row of the shared answer", SpoiltFolds::rowLeftOut, V6),
            seed("a row comes twice in a shared answer", SpoiltFolds::rowTwice, V6),
            seed("the run with a shared job delivers", SpoiltFolds::carrierDelivers, V6),
            seed("a scoring shares a job and has one of its own", SpoiltFolds::jobOfItsOwn, V4, V5),
            seed("a scoring shares two jobs at once", SpoiltFolds::twoAtOnce, V5),
            seed("a scoring shares the job of one that shares one", SpoiltFolds::memberAsCarrier, V4, V6),
            seed("a run never ends", SpoiltRows::runWithoutEnd, V2),
            seed("a run is parked without a cause", SpoiltRows::parkedWithoutCause, V2),
            seed("a run ends too late", SpoiltRows::endsTooLate, V2),
            seed("a fault never ends", SpoiltRows::faultWithoutEnd, V2),
            seed("an intent is missing", SpoiltJobs::noIntent, V3),
            seed("an intent belongs to another attempt", SpoiltJobs::intentOfAnotherAttempt, V3),
            seed("an intent is submitted twice", SpoiltJobs::intentSubmittedTwice, V3, V7),
            seed("an output has no nonce in its path", SpoiltJobs::pathWithoutNonce, V3),
            seed("two jobs are started for an attempt", SpoiltJobs::twoJobsForOneAttempt, V4),
            seed("a job is started twice", SpoiltJobs::startedTwice, V5),
            seed("two jobs of a scoring are at work", SpoiltJobs::twoAtWork, V5, V12),
            seed("the blob is another", SpoiltJobs::anotherBlob, V6),
            seed("the delivered file is missing", SpoiltJobs::deliveryMissing, V6),
            seed("the output is not what the job wrote", SpoiltJobs::notWhatTheJobWrote, V6),
            seed("a call that scored was not written down", SpoiltJobs::executedOnceTooOften, V3),
            seed("an answer that was never given", SpoiltJobs::notWhatWasAnswered, V6),
            seed("an answer in a place of no intent", SpoiltJobs::answerElsewhere, V6),
            seed("two attempts are accepted", SpoiltJobs::acceptedTwice, V6),
            seed("an orphan without a fault", SpoiltJobs::orphan, V7),
            seed(
                    "an orphan that was started",
                    w -> SpoiltJobs.startedOrphan(w.fault(FaultKind.NODE_KILLED, 0, 10)),
                    V4,
                    V7),
            seed("a job is deleted that nobody stopped", SpoiltJobs::deletedForNothing, V8),
            seed("a job is deleted before it was to be stopped", SpoiltJobs::deletedTooEarly, V8),
            seed("a job starts after it was deleted", SpoiltJobs::startedAfterDelete, V5, V8),
            seed("a cancelled run finishes", SpoiltJobs::cancelledAndFinished, V8),
            seed("a cancelled job is at work at the end", SpoiltJobs::cancelledAndAtWork, V8, V9),
            seed("a move is missing", SpoiltRows::moveMissing, V9),
            seed("an end is left", SpoiltRows::endLeft, V9),
            seed("the row says something else", SpoiltRows::rowSaysElse, V9),
            seed("the remote side says something else", SpoiltJobs::remoteSaysElse, V6, V9),
            seed("a long run of a job is not noted", SpoiltRows::longRunUnnoted, V9),
            seed("a job is started before it is bound", SpoiltJobs::startedBeforeBound, V10),
            seed("a call comes in a wait", SpoiltJobs::calledInAWait, V11),
            seed("a third node is surprised by a wait of two", SpoiltJobs::surprisedOnceTooOften, V11),
            seed("a call comes before the date it was told", SpoiltJobs::calledBeforeDate, V11),
            seed("a job is polled too soon", SpoiltJobs::polledTooSoon, V11),
            seed("a cancelled job is polled too often", SpoiltJobs::polledAgainAndAgainWhenCancelled, V11),
            seed("more attempts than allowed", SpoiltJobs::oneAttemptTooMany, V12),
            seed("a key in a page", w -> w.texts.add(new SearchedText("page", "key: " + World.KEY)), V13),
            seed(
                    "a signature in a log",
                    w -> w.texts.add(new SearchedText("log", "?sv=1&sig=Zm9vYmFyYmF6Zm9v%3D")),
                    V13),
            seed("an instance without execution", w -> w.instances.add(1L), V14),
            seed("an execution without end", w -> w.open.put(1L, "STARTED"), V14),
            seed("an execution that failed", w -> w.failed.put(1L, "UNKNOWN"), V14),
            seed("a trigger in error", SpoiltRows::triggerInError, V14),
            seed("a trigger long overdue", SpoiltRows::triggerOverdue, V14),
            seed("a firing that never ends", SpoiltRows::firingForEver, V14),
            seed("a file is lost", w -> w.dropped.clear(), V15),
            seed("a file is there twice", SpoiltRows::fileTwice, V15),
            seed("a file lies in the wrong place", SpoiltRows::fileInTheWrongPlace, V15),
            seed("a file stays in processing", w -> SpoiltRows.stillProcessing(w, 4000), V15),
            seed("a duplicate is scored, too", SpoiltArrivals::duplicateScored, V15),
            seed("a duplicate is lost", SpoiltArrivals::duplicateLost, V15),
            seed("all files of a content are duplicates", SpoiltArrivals::nothingButDuplicates, V1, V15),
            seed("a file that stays is gone", SpoiltArrivals::stayingFileGone, V15),
            seed("a scored copy of a file that stays is left over", SpoiltArrivals::copyLeftOver, V15),
            seed("a scored blob is not put away", SpoiltArrivals::blobNotPutAway, V15),
            seed("a blob is lost", SpoiltArrivals::blobLost, V15),
            seed("nobody is told of the end of a run", SpoiltArrivals::callbackNeverReceived, V2),
            seed("the end of a run is told as two events", SpoiltArrivals::toldAsTwoEvents, V2),
            seed("a file comes from nowhere", w -> w.dropped.add(new StoredFile("/inbox/x", "?")), V15));

    private static final List<Seed> EXCUSED = List.of(
            seed("nothing happened", w -> {}),
            seed("two files share a job", SpoiltFolds::folded),
            seed("a shadow is skipped", SpoiltShadows::skipped),
            seed("a run is parked with a cause", SpoiltRows::parked),
            seed("an orphan by a fault", w -> SpoiltJobs.orphan(w.fault(FaultKind.NODE_KILLED, 0, 10))),
            seed(
                    "a call sent twice",
                    w -> SpoiltJobs.intentSubmittedTwice(w.fault(FaultKind.CALLS_DUPLICATED, 100, 200))),
            seed("an orphan is deleted", SpoiltJobs::orphanDeleted),
            seed("an answer that was lost, with an intent of its own", SpoiltJobs::executedAgain),
            seed("a job is deleted at its deadline", SpoiltRows::deletedAtItsDeadline),
            seed(
                    "a catch-up fire after an outage",
                    w -> SpoiltRows.firedAtNoInstant(w.fault(FaultKind.NODE_KILLED, -9, 0))),
            seed("a fire when nobody looked any more", SpoiltRows::firedBehindTheList),
            seed("a call on its way when the wait began", SpoiltJobs::calledAtTheSameTime),
            seed("a call when the wait is over", SpoiltJobs::calledAfterTheWait),
            seed("a second node is surprised by a wait", SpoiltJobs::surprisedOnce),
            seed(
                    "a poll after a node's end",
                    w -> SpoiltJobs.polledTooSoon(w.fault(FaultKind.NODE_TERMINATED, 1850, 1900))),
            seed(
                    "a poll that the client repeats when its answer is lost",
                    w -> SpoiltJobs.polledTooSoon(w.fault(FaultKind.CALLS_FAILING, 1850, 1900))),
            seed("a poll on its way when its job is cancelled", SpoiltJobs::polledOnceMoreWhenCancelled),
            seed("a next attempt that is allowed", SpoiltJobs::nextAttempt),
            seed(
                    "litter after a fault",
                    w -> w.fault(FaultKind.NODE_KILLED, 0, 10).instances.add(1L)),
            seed("a file whose run has just ended", w -> SpoiltRows.stillProcessing(w, 89_000)));

    @TestFactory
    Stream<DynamicTest> reportsExactlyTheViolationsThatWereSeeded() {
        return Stream.of(SEEDS, EXCUSED).flatMap(Seed::tests);
    }

    @Test
    void hasASeedThatEachInvariantAloneReports() {
        Set<Invariant> alone = EnumSet.noneOf(Invariant.class);
        SEEDS.stream().map(Seed::broken).filter(broken -> broken.size() == 1).forEach(alone::addAll);

        assertThat(alone).containsExactly(Invariant.values());
    }

    @Test
    void refusesToJudgeNothing() {
        World world = World.clean();
        world.journal.clear();

        assertThatThrownBy(() -> Checker.check(world.evidence()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 journal entries, 10 runs");
    }

    @Test
    void namesWhatItFoundAndKeepsTheSecretsToItself() {
        World world = World.clean();
        world.texts.add(new SearchedText("page /runs", "key: " + World.KEY));
        CheckerReport report = Checker.check(world.evidence());

        assertThat(report.toString())
                .contains("holds   V12 no more attempts than allowed")
                .contains("BROKEN  V13 secrets appear nowhere\n          page /runs holds the subscription key")
                .doesNotContain(World.KEY);
    }

    @Test
    void goesByTheDrawingOfTheStateMachine() throws Exception {
        Set<String> drawn = Pattern.compile("(?m)^ +(\\w+)_(\\w+) --> (\\w+)_(\\w+)")
                .matcher(Files.readString(Path.of("../docs/state-machine.md")))
                .results()
                .map(it -> "%s %s > %s %s".formatted(it.group(1), it.group(2), it.group(3), it.group(4)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(AllowedTransitions.ofScorings()).isEqualTo(drawn);
    }
}
