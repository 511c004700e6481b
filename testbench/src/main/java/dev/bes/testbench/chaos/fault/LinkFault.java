package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.Link;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.proxy.Fault;
import dev.bes.testbench.proxy.InjectedFault;
import dev.bes.testbench.proxy.When;
import java.util.Locale;

/**
 * A proxy between a node and a remote system disturbs the calls.
 *
 * @param fault what happens to a call
 * @param callType which calls are hit
 * @param calls fault many calls are hit
 */
public record LinkFault(int node, Link link, Fault fault, CallType callType, int calls) implements ChaosFault {

    /** Which calls are hit. */
    public enum CallType {
        /** All. */
        EVERY_CALL,
        /** Submits of jobs. */
        SUBMITS,
        /** Starts of jobs. */
        STARTS,
        /** Status calls. */
        POLLS,
        /** Uploads. */
        UPLOADS,
        /** The ends of transactions. */
        COMMITS;

        private When when() {
            return switch (this) {
                case EVERY_CALL -> When.always();
                case SUBMITS -> When.request("POST", "/jobs\\?");
                case STARTS -> When.request("POST", "/jobs/[^/]+/start");
                case POLLS -> When.request("GET", "/jobs/");
                case UPLOADS -> When.request("PUT", "/");
                case COMMITS -> When.commit();
            };
        }
    }

    @Override
    public String name() {
        return link.title + ": " + faultName();
    }

    @Override
    public FaultKind kind() {
        return link == Link.API && fault instanceof Fault.Duplicate ? FaultKind.CALLS_DUPLICATED : link.faultKind;
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
