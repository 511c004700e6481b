package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
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

    /** A no to what was asked is an answer; one to whoever asks, or on the way, is trouble, unless there is another way. */
    boolean isInTrouble(RemoteException e) {
        boolean onTheWay = e.by() == By.HOP || (e instanceof NotFound missing && missing.isAddress());
        boolean refused = e instanceof Refused || (e instanceof NotFound && onTheWay && e.by() != By.UNKNOWN);
        return refused && !(this == EXECUTE && onTheWay);
    }

    /** The word for messages. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
