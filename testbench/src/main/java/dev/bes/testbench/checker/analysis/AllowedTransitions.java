package dev.bes.testbench.checker.analysis;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The transitions that history may hold, as in the drawing of the state machine (docs/state-machine.md). */
public final class AllowedTransitions {

    public static final String START = "PLANNED NotStarted";
    public static final String RUN_START = "NotStarted";

    private static final Set<String> SCORING = lines("""
            PLANNED NotStarted > PLANNED Failed
            PLANNED NotStarted > PLANNED Cancelled
            PLANNED NotStarted > STAGED NotStarted
            STAGED NotStarted > STAGED Failed
            STAGED NotStarted > STAGED Cancelled
            STAGED NotStarted > SUBMITTED NotStarted
            STAGED NotStarted > STARTED NotStarted
            STAGED NotStarted > SCORED Running
            STAGED NotStarted > PLANNED NotStarted
            SUBMITTED NotStarted > SUBMITTED Failed
            SUBMITTED NotStarted > SUBMITTED Cancelled
            SUBMITTED NotStarted > STARTED NotStarted
            STARTED NotStarted > STARTED Running
            STARTED NotStarted > STARTED Failed
            STARTED NotStarted > STARTED Cancelled
            STARTED NotStarted > SCORED Running
            STARTED NotStarted > PLANNED NotStarted
            STARTED Running > STARTED Failed
            STARTED Running > STARTED Cancelled
            STARTED Running > SCORED Running
            STARTED Running > PLANNED NotStarted
            SCORED Running > SCORED Failed
            SCORED Running > SCORED Cancelled
            SCORED Running > DELIVERED Finished
            SCORED Running > PLANNED NotStarted
            """);

    private static final Set<String> RUN = lines("""
            NotStarted > Running
            NotStarted > Failed
            NotStarted > Cancelled
            Running > Failed
            Running > Cancelled
            Running > Finished
            """);

    private AllowedTransitions() {}

    /** All transitions of scorings, each as {@code from > to}. */
    public static Set<String> ofScorings() {
        return SCORING;
    }

    /** Whether a scoring may move so. A mark such as "to be stopped" keeps step and state. */
    public static boolean allowsScoring(String from, String to) {
        boolean ended = RemoteJob.ENDS.stream().anyMatch(from::endsWith);
        return SCORING.contains(from + " > " + to) || (from.equals(to) && !ended);
    }

    /** Whether a run may move so. Its acceptance and a scoring added later keep its state. */
    public static boolean allowsRun(String from, String to) {
        return RUN.contains(from + " > " + to) || (from.equals(to) && !RemoteJob.ENDS.contains(from));
    }

    /** Whether a move begins the next attempt. */
    public static boolean isNextAttempt(String from, String to) {
        return to.equals(START) && !from.equals(START);
    }

    private static Set<String> lines(String text) {
        return Arrays.stream(text.strip().split("\n")).collect(Collectors.toUnmodifiableSet());
    }
}
