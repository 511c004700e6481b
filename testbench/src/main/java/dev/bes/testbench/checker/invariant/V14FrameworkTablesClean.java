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
 * Spring Batch: instances without an execution, executions without an end, and executions that did not complete are no
 * more than {@link CheckerSettings#setsAtOnce()} for each fault; without a fault there are none. Each is a dead row: its scorings
 * were due again by themselves.
 *
 * <p>Quartz: no trigger is in the state ERROR, and none has been due, and no firing under way, for longer than
 * {@link CheckerSettings#recovery()}, whatever its state. So the snapshot must be read while the nodes still run, or right after.
 */
public final class V14FrameworkTablesClean {

    private V14FrameworkTablesClean() {}

    public static List<String> violations(Evidence evidence) {
        Violations found = new Violations();
        Snapshot database = evidence.database();
        int allowed =
                FaultWindow.in(evidence.driver()).size() * evidence.policy().setsAtOnce();
        few("job instances without execution", database.batch().instancesWithoutExecution(), allowed, found);
        few("job executions without an end", database.batch().openExecutions().entrySet(), allowed, found);
        few(
                "job executions that did not complete",
                database.batch().failedExecutions().entrySet(),
                allowed,
                found);
        Instant tooOld = database.readAt().minus(evidence.policy().recovery());
        for (Trigger trigger : database.quartz().triggers()) {
            Instant next = trigger.nextFireTime();
            found.unless(
                    !trigger.state().equals("ERROR") && (next == null || next.isAfter(tooOld)),
                    "Quartz trigger %s is stuck: %s, next fire time %s",
                    trigger.name(),
                    trigger.state(),
                    next);
        }
        for (Firing firing : database.quartz().firings()) {
            boolean young = firing.at().isAfter(tooOld);
            found.unless(
                    young, "Quartz trigger %s has been firing since %s: %s", firing.trigger(), firing.at(), firing);
        }
        return found.list();
    }

    private static void few(String what, java.util.Collection<?> some, int allowed, Violations found) {
        found.unless(some.size() <= allowed, "%d %s, and the faults explain %d: %s", some.size(), what, allowed, some);
    }
}
