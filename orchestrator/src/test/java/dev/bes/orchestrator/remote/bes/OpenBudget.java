package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.budget.CallPriority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A budget that grants every call and writes down what it is told. */
public final class OpenBudget implements CallBudget {
    public final List<String> told = new ArrayList<>();

    @Override
    public synchronized Permit acquire(CallPriority callPriority) {
        told.add(callPriority.name());
        return new Permit() {
            @Override
            public void release() {
                note("given back");
            }

            @Override
            public void answered() {
                note("answered");
            }
        };
    }

    private synchronized void note(String what) {
        told.add(what);
    }

    @Override
    public int estimateAvailable(CallPriority callPriority) {
        return Integer.MAX_VALUE;
    }

    @Override
    public IntFunction<Duration> forecast() {
        return calls -> Duration.ZERO;
    }

    @Override
    public void backOff(Duration wait) {
        note("shut " + wait);
    }

    @Override
    public void updateRemaining(int calls) {
        note("remaining " + calls);
    }
}
