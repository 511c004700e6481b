package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.budget.CallPriority;

/** A kind of call that a service behind a managed API takes. */
public interface ManagedCall {
    /** Bytes in a mebibyte. */
    int MEBIBYTE = 1024 * 1024;

    /** What a call does with the call that is set aside for the one that follows it. */
    enum Reservation {
        /** Nothing. */
        NONE,
        /** It sets one aside. */
        MAKES,
        /** It is paid with the one that was set aside. */
        USES
    }

    /** The word for messages. */
    String word();

    /** Which calls come first when there are too few. */
    CallPriority precedence();

    /** What it does with calls that are set aside. */
    default Reservation reservation() {
        return Reservation.NONE;
    }

    /** Most bytes that are read of an answer. */
    default int bodyLimit() {
        return MEBIBYTE;
    }

    /** Whether what is refused on the way goes another way: then a refusal is no trouble. */
    default boolean hasAnotherWay() {
        return false;
    }

    /** A no to what was asked is an answer; one to whoever asks, or on the way, is trouble, unless there is another way. */
    default boolean isInTrouble(RemoteException e) {
        boolean onTheWay = e.by() == By.HOP || (e instanceof NotFound missing && missing.isAddress());
        boolean refused = e instanceof Refused || (e instanceof NotFound && onTheWay && e.by() != By.UNKNOWN);
        return refused && !(hasAnotherWay() && onTheWay);
    }
}
