package dev.bes.sandbox.settings;

/**
 * Faults of the batch endpoints that happen a number of times: each time takes one off.
 *
 * @param answersLostBefore starts of jobs that are not executed, and whose connection ends without an answer
 * @param answersLostAfter starts of jobs that are executed, and whose connection ends without an answer
 * @param wrongAudiences tokens that are issued for another audience than the one that was asked for
 * @param notResponding answers that say NotResponding of a job that is under way
 * @param goingBack jobs that lose their node while they run, and are Queued once more
 * @param hangingCancels cancels that never end: the job stays at CancelRequested
 */
public record NextFaults(
        int answersLostBefore,
        int answersLostAfter,
        int wrongAudiences,
        int notResponding,
        int goingBack,
        int hangingCancels) {

    /** No fault. */
    public static final NextFaults NONE = new NextFaults(0, 0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException when a number is negative */
    public NextFaults {
        int least = Math.min(
                Math.min(Math.min(answersLostBefore, answersLostAfter), Math.min(wrongAudiences, notResponding)),
                Math.min(goingBack, hangingCancels));
        if (least < 0) {
            throw new IllegalArgumentException("The numbers of faults must be >= 0");
        }
    }

    /** One of the faults. */
    public enum Fault {
        /** A start is not executed and not answered. */
        ANSWER_LOST_BEFORE,
        /** A start is executed and not answered. */
        ANSWER_LOST_AFTER,
        /** A token is for another audience. */
        WRONG_AUDIENCE,
        /** A status says NotResponding. */
        NOT_RESPONDING,
        /** A job is Queued a second time. */
        GOES_BACK,
        /** A cancel never ends. */
        CANCEL_HANGS
    }

    /** How many more times it happens. */
    public int left(Fault fault) {
        return switch (fault) {
            case ANSWER_LOST_BEFORE -> answersLostBefore;
            case ANSWER_LOST_AFTER -> answersLostAfter;
            case WRONG_AUDIENCE -> wrongAudiences;
            case NOT_RESPONDING -> notResponding;
            case GOES_BACK -> goingBack;
            case CANCEL_HANGS -> hangingCancels;
        };
    }

    /** With so many more times of one fault. */
    public NextFaults with(Fault fault, int times) {
        return new NextFaults(
                fault == Fault.ANSWER_LOST_BEFORE ? times : answersLostBefore,
                fault == Fault.ANSWER_LOST_AFTER ? times : answersLostAfter,
                fault == Fault.WRONG_AUDIENCE ? times : wrongAudiences,
                fault == Fault.NOT_RESPONDING ? times : notResponding,
                fault == Fault.GOES_BACK ? times : goingBack,
                fault == Fault.CANCEL_HANGS ? times : hangingCancels);
    }
}
