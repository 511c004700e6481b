package dev.bes.testbench.proxy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults of a proxy; the oldest matching fault applies to a call. */
final class FaultList {

    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();

    InjectedFault add(CallFault callFault, CallMatcher callMatcher) {
        InjectedFault added = new InjectedFault(callFault, callMatcher);
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
        return first(call, callFault -> true);
    }

    /** The fault of a call whose reply is already on its way: faults of the connection only. */
    @Nullable
    MatchedFault onReplyTo(Call call) {
        return first(
                call, callFault -> callFault instanceof CallFault.Delay || callFault instanceof CallFault.BlackHole);
    }

    private @Nullable MatchedFault first(Call call, Predicate<CallFault> kind) {
        for (InjectedFault it : faults) {
            if (kind.test(it.fault()) && it.claims(call)) {
                return new MatchedFault(it);
            }
        }
        return null;
    }
}
