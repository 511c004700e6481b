package dev.bes.testbench.proxy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults of a proxy; a call has the oldest one that matches. */
final class FaultList {

    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();

    InjectedFault add(Fault fault, When when) {
        InjectedFault added = new InjectedFault(fault, when);
        faults.removeIf(InjectedFault::isCleared);
        faults.add(added);
        return added;
    }

    void clear() {
        faults.forEach(InjectedFault::clear);
    }

    /** The fault of a new call. */
    @Nullable
    MatchedFault on(Call call) {
        return first(call, fault -> true);
    }

    /** The fault of a call whose reply is already on its way: faults of the connection only. */
    @Nullable
    MatchedFault onReplyTo(Call call) {
        return first(call, fault -> fault instanceof Fault.Delay || fault instanceof Fault.BlackHole);
    }

    private @Nullable MatchedFault first(Call call, Predicate<Fault> kind) {
        for (InjectedFault it : faults) {
            if (kind.test(it.fault()) && it.claims(call)) {
                return new MatchedFault(it);
            }
        }
        return null;
    }
}
