package dev.bes.testbench.checker;

import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.invariant.V10IdCommittedBeforeStart;
import dev.bes.testbench.checker.invariant.V11WaitsRespected;
import dev.bes.testbench.checker.invariant.V12AttemptLimit;
import dev.bes.testbench.checker.invariant.V13NoSecretLeaks;
import dev.bes.testbench.checker.invariant.V14FrameworkTablesClean;
import dev.bes.testbench.checker.invariant.V15NoFileLost;
import dev.bes.testbench.checker.invariant.V1OneRunPerTrigger;
import dev.bes.testbench.checker.invariant.V2EveryRunEnds;
import dev.bes.testbench.checker.invariant.V3EverySubmitHasIntent;
import dev.bes.testbench.checker.invariant.V4OneJobStartedPerAttempt;
import dev.bes.testbench.checker.invariant.V5OneJobRunningPerScoring;
import dev.bes.testbench.checker.invariant.V6DeliveredOutputIsJobOutput;
import dev.bes.testbench.checker.invariant.V7OrphansNeverStarted;
import dev.bes.testbench.checker.invariant.V8CancelledStaysCancelled;
import dev.bes.testbench.checker.invariant.V9HistoryIsConsistent;
import java.util.List;

/** What must hold after every run, whatever happened during it. Each says in its class what exactly it looks at. */
public enum Invariant {
    /** Every acknowledged trigger is exactly one run, and no run is without a trigger. */
    V1("every trigger is exactly one run"),
    /** Every run ends, or waits for somebody with its cause, soon after the faults have healed. */
    V2("every run ends or says whom it waits for"),
    /** Every submit was written down before it was sent. */
    V3("every submit has its intent"),
    /** Of each attempt at most one job is started, the one that the attempt names. */
    V4("one job started per attempt, its own"),
    /** Of each scoring at most one job is at work at any time. */
    V5("one job at work per scoring at any time"),
    /** What was delivered is what the one accepted job wrote. */
    V6("the delivery is the accepted job's output"),
    /** Jobs that nobody knows are never started, and are few. */
    V7("jobs that nobody knows are never started"),
    /** A job that was cancelled stays so, and no job is cancelled that nobody wanted cancelled. */
    V8("cancelled stays cancelled, and only what was to be"),
    /** History is whole, legal and true. */
    V9("history is whole, legal and true"),
    /** No job is started before it is ours. */
    V10("no start before the id is committed"),
    /** The service waits when it is told to, and does not ask too often. */
    V11("calls are polite"),
    /** No more jobs are started for a scoring than its definition allows. */
    V12("no more attempts than allowed"),
    /** No secret appears anywhere. */
    V13("secrets appear nowhere"),
    /** Spring Batch and Quartz keep no more litter than the faults explain. */
    V14("no litter in the books of Batch and Quartz"),
    /** Every dropped file is in exactly one place. */
    V15("every dropped file is in one place");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    /** What it breaks down to: one line in words for each violation, none when it holds. */
    public List<String> violations(Evidence evidence) {
        return switch (this) {
            case V1 -> V1OneRunPerTrigger.violations(evidence);
            case V2 -> V2EveryRunEnds.violations(evidence);
            case V3 -> V3EverySubmitHasIntent.violations(evidence);
            case V4 -> V4OneJobStartedPerAttempt.violations(evidence);
            case V5 -> V5OneJobRunningPerScoring.violations(evidence);
            case V6 -> V6DeliveredOutputIsJobOutput.violations(evidence);
            case V7 -> V7OrphansNeverStarted.violations(evidence);
            case V8 -> V8CancelledStaysCancelled.violations(evidence);
            case V9 -> V9HistoryIsConsistent.violations(evidence);
            case V10 -> V10IdCommittedBeforeStart.violations(evidence);
            case V11 -> V11WaitsRespected.violations(evidence);
            case V12 -> V12AttemptLimit.violations(evidence);
            case V13 -> V13NoSecretLeaks.violations(evidence);
            case V14 -> V14FrameworkTablesClean.violations(evidence);
            case V15 -> V15NoFileLost.violations(evidence);
        };
    }

    @Override
    public String toString() {
        return name() + " " + words;
    }
}
