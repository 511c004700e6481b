package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.budget.CallPriority;

/** A kind of call to a service behind a managed API. */
public interface ManagedCall {
    /** Bytes in a mebibyte. */
    int MEBIBYTE = 1024 * 1024;

    /** Whether a call reserves a later call, or uses a reserved one. */
    enum Reservation {
        /** Neither. */
        NONE,
        /** Reserves a later call. */
        RESERVES,
        /** Uses a reserved call. */
        CONSUMES
    }

    /** The name in messages. */
    String displayName();

    /** The priority while the budget has too few calls. */
    CallPriority priority();

    /** Whether it reserves a later call, or uses a reserved one. */
    default Reservation reservation() {
        return Reservation.NONE;
    }

    /** The largest accepted answer, in bytes. */
    default int bodyLimit() {
        return MEBIBYTE;
    }

    /** Whether another kind of call can do the same when a hop refuses this one. */
    default boolean hasFallback() {
        return false;
    }

    /** Whether an answer shows an unhealthy endpoint: a refused key, a hop or an unknown address, unless there is a fallback. */
    default boolean indicatesFailure(RemoteException e) {
        boolean onTheWay = e.by() == By.HOP || (e instanceof NotFound missing && missing.isAddress());
        boolean refused = e instanceof Refused || (e instanceof NotFound && onTheWay && e.by() != By.UNKNOWN);
        return refused && !(hasFallback() && onTheWay);
    }
}
