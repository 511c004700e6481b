package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RemoteJob.Purpose;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The output path of every accepted submit names an intent, and the intent belongs to the attempt that the path
 * names. No intent is submitted twice, unless the driver duplicated calls at that time. A refused submit leaves no
 * job, and its intent is withdrawn: neither is checked. Calls that score at once are no more than the intents that no
 * submit names.
 *
 * <p>Named: the name of the job is the nonce of its intent. Rows: an attempt whose rows are scored has an intent, whose nonce is
 * the name of its work; the calls do not tell what they belong to.
 */
public final class V3EverySubmitHasIntent {

    private V3EverySubmitHasIntent() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        Map<UUID, Purpose> intents = intents(evidence.database());
        Map<UUID, RemoteJob> submitted = new HashMap<>();
        ServiceClasses classes = ServiceClasses.of(evidence);
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            UUID nonce = job.nonce().orElse(null);
            Purpose purpose = job.purpose().orElse(null);
            violations.require(
                    nonce != null && purpose != null && purpose.equals(intents.get(nonce)),
                    "The submit of %s has no intent; it writes to %s",
                    job,
                    job.submit().fact("outputs"));
            violations.require(
                    classes.of(job) != ServiceClass.NAMED || job.id().equals(String.valueOf(nonce)),
                    "%s has not the name of its intent, %s",
                    job,
                    nonce);
            RemoteJob earlier = nonce == null ? null : submitted.putIfAbsent(nonce, job);
            violations.require(
                    earlier == null || isResent(job, evidence),
                    "Intent %s was submitted twice: %s, %s",
                    nonce,
                    earlier,
                    job);
        }
        if (classes.haveRows()) {
            rows(evidence, classes, intents, violations);
        } else {
            executions(evidence, intents.size() - submitted.size(), violations);
        }
        return violations.list();
    }

    private static void rows(
            Evidence evidence, ServiceClasses classes, Map<UUID, Purpose> intents, Violations violations) {
        for (Attempt attempt : evidence.database().attempts()) {
            violations.require(
                    classes.of(attempt) != ServiceClass.ROWS
                            || attempt.job() == null
                            || intents.containsKey(UUID.fromString(attempt.job())),
                    "The work %s of attempt %d of scoring %d has no intent",
                    attempt.job(),
                    attempt.number(),
                    attempt.scoring());
        }
    }

    /** A call that scores at once says nothing of its intent, so that they can only be counted. */
    private static void executions(Evidence evidence, int intended, Violations violations) {
        List<JournalEntry> executed = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.EXECUTE)
                .filter(entry -> !isResent(entry, evidence))
                .toList();
        violations.require(
                executed.size() <= intended,
                "%d calls scored at once, but only %d intents have no job",
                executed.size(),
                intended);
    }

    private static Map<UUID, Purpose> intents(Snapshot database) {
        Map<Long, Scoring> scorings = new HashMap<>();
        database.scorings().forEach(scoring -> scorings.put(scoring.id(), scoring));
        Map<UUID, Purpose> intents = new HashMap<>();
        for (Intent intent : database.intents()) {
            Scoring scoring = scorings.get(intent.scoring());
            if (scoring != null) {
                intents.put(intent.nonce(), new Purpose(scoring.run(), scoring.position(), intent.attempt()));
            }
        }
        return intents;
    }

    static boolean isResent(RemoteJob job, Evidence evidence) {
        return isResent(job.submit(), evidence);
    }

    private static boolean isResent(JournalEntry call, Evidence evidence) {
        List<FaultWindow> resends = FaultWindow.in(evidence.driver()).stream()
                .filter(fault -> fault.begun().fault() == FaultKind.CALLS_DUPLICATED)
                .toList();
        return FaultWindow.explains(resends, call.at(), evidence.policy().tolerance());
    }
}
