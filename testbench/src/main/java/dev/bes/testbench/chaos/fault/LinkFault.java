package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.Link;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.util.Locale;

/**
 * A proxy between a node and a remote system disturbs the calls.
 *
 * @param fault what happens to a call
 * @param callType which calls are hit
 * @param calls fault many calls are hit
 */
public record LinkFault(int node, Link link, CallFault fault, CallType callType, int calls) implements ChaosFault {

    /** Which calls are hit. */
    public enum CallType {
        /** All. */
        EVERY_CALL,
        /** Calls that create a job or score rows. */
        SUBMITS,
        /** Starts of jobs. */
        STARTS,
        /** Status calls. */
        POLLS,
        /** Uploads. */
        UPLOADS,
        /** The ends of transactions. */
        COMMITS;

        private CallMatcher when() {
            return switch (this) {
                case EVERY_CALL -> CallMatcher.always();
                case SUBMITS -> CallMatcher.request("POST|PUT", "/jobs(/[0-9a-f-]+)?(\\?|$)|/infer$");
                case STARTS -> CallMatcher.request("POST", "/jobs/[^/]+/start");
                case POLLS -> CallMatcher.request("GET", "/jobs/");
                case UPLOADS -> CallMatcher.request("PUT", "/");
                case COMMITS -> CallMatcher.commit();
            };
        }
    }

    @Override
    public String name() {
        return link.title + ": " + faultName();
    }

    @Override
    public FaultKind kind() {
        boolean duplicates = fault instanceof CallFault.Duplicate && link.faultKind == FaultKind.CALLS_FAILING;
        return duplicates ? FaultKind.CALLS_DUPLICATED : link.faultKind;
    }

    @Override
    public String target() {
        return link.title + " of " + ChaosNode.name(node);
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        InjectedFault injected = environment
                .node(node)
                .proxies()
                .proxy(link)
                .inject(fault, callType.when().next(calls));
        return injected::clear;
    }

    private String faultName() {
        return fault.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
