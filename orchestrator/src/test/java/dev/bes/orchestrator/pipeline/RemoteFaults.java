package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.pipeline.model.SeededRandom;
import dev.bes.orchestrator.pipeline.model.Timing;
import dev.bes.orchestrator.remote.RemoteException;

/** What remote calls say that go wrong. */
public final class RemoteFaults {
    private RemoteFaults() {}

    public static RemoteException throttled(SeededRandom seededRandom) {
        return new RemoteException.Throttled(
                "too many calls",
                Timing.TICK.multipliedBy(1 + seededRandom.below(3)).minusSeconds(10));
    }

    public static RemoteException unavailable(String why) {
        return new RemoteException.Unavailable("lost " + why);
    }

    public static RemoteException rejected(String code) {
        return new RemoteException.Rejected(code, "refused with " + code);
    }

    public static RemoteException notStartable() {
        return new RemoteException.Rejected(RemoteException.Reason.NOT_STARTABLE, "it can't be started");
    }

    public static RemoteException notFound(String what) {
        return new RemoteException.NotFound("nobody knows " + what);
    }
}
