package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import dev.bes.testbench.proxy.InjectedFault;
import dev.bes.testbench.proxy.When;
import java.util.Locale;

/**
 * What passes between a node and one of its far sides is spoiled.
 *
 * @param how what happens to a call
 * @param aim which calls it happens to
 * @param calls to how many of them
 */
record LinkSpoiled(int node, Link link, dev.bes.testbench.proxy.Fault how, Aim aim, int calls) implements Mischief {

    /** Which calls are meant. */
    enum Aim {
        /** All. */
        EVERY_CALL,
        /** Submits of jobs. */
        SUBMITS,
        /** Starts of jobs. */
        STARTS,
        /** Questions to jobs. */
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
        return link.words + ": " + words();
    }

    @Override
    public Fault fault() {
        return link == Link.API && how instanceof dev.bes.testbench.proxy.Fault.Duplicate
                ? Fault.CALLS_RESENT
                : link.fault;
    }

    @Override
    public String target() {
        return link.words + " of " + ChaosNode.name(node);
    }

    @Override
    public Undo begin(Stage stage) {
        InjectedFault injected =
                stage.node(node).links().proxy(link).inject(how, aim.when().next(calls));
        return injected::clear;
    }

    private String words() {
        return how.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
