package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Firing;
import dev.bes.testbench.checker.evidence.Snapshot.Trigger;
import java.time.Instant;
import java.util.List;

/**
 * Spring Batch: job instances without an execution, unfinished executions, and executions that did not complete are
 * at most {@link CheckerSettings#setsAtOnce()} for each fault, and none without a fault. Each is a dead row: its
 * scorings became due again.
 *
 * <p>Quartz: no trigger is in the state ERROR. No trigger has been due and no firing in progress for longer than
 * {@link CheckerSettings#recovery()}. So the snapshot must be read while the nodes run or right after.
 */
public final class V14FrameworkTablesClean {

    private V14FrameworkTablesClean() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        Snapshot database = evidence.database();
        int allowed =
                FaultWindow.in(evidence.driver()).size() * evidence.policy().setsAtOnce();
        few("job instances without execution", database.batch().instancesWithoutExecution(), allowed, violations);
        few("job executions without an end", database.batch().openExecutions().entrySet(), allowed, violations);
        few(
                "job executions that did not complete",
                database.batch().failedExecutions().entrySet(),
                allowed,
                violations);
        Instant tooOld = database.readAt().minus(evidence.policy().recovery());
        for (Trigger trigger : database.quartz().triggers()) {
            Instant next = trigger.nextFireTime();
            violations.require(
                    !trigger.state().equals("ERROR") && (next == null || next.isAfter(tooOld)),
                    "Quartz trigger %s is stuck: %s, next fire time %s",
                    trigger.name(),
                    trigger.state(),
                    next);
        }
        for (Firing firing : database.quartz().firings()) {
            boolean young = firing.at().isAfter(tooOld);
            violations.require(
                    young, "Quartz trigger %s has been firing since %s: %s", firing.trigger(), firing.at(), firing);
        }
        return violations.list();
    }

    private static void few(String what, java.util.Collection<?> some, int allowed, Violations violations) {
        violations.require(
                some.size() <= allowed, "%d %s, and the faults explain %d: %s", some.size(), what, allowed, some);
    }
}
