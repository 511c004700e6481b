package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.budget.Precedence;

/** The kinds of calls that an endpoint takes. */
enum Call {
    /** Registers a job. */
    SUBMIT,
    /** Starts a registered job. */
    START,
    /** Asks how a job stands. */
    STATUS,
    /** Asks for a job to be cancelled. */
    CANCEL,
    /** Scores a small table at once. */
    EXECUTE;

    private static final int MEBIBYTE = 1024 * 1024;

    /** Most bytes that are read of an answer. */
    int bodyLimit() {
        return this == EXECUTE ? 4 * MEBIBYTE : MEBIBYTE;
    }

    /** Which calls come first when there are too few. */
    Precedence precedence() {
        return this == STATUS ? Precedence.PATIENT : Precedence.URGENT;
    }

    /** The word for messages. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
