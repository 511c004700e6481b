package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RemoteJob.Purpose;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Every submit that the remote side took writes its output to a place that names an intent, and the intent is one of the
 * very attempt that the place belongs to. No intent is submitted twice, unless the driver had calls sent twice at that
 * time. A submit that was refused leaves no job, and its intent is withdrawn: neither is looked at. Rows are scored at once
 * no more often than there are intents that no submit names.
 */
public final class V3EverySubmitHasIntent {

    private V3EverySubmitHasIntent() {}

    public static List<String> violations(Evidence evidence) {
        Violations found = new Violations();
        Map<UUID, Purpose> intents = intents(evidence.database());
        Map<UUID, RemoteJob> submitted = new HashMap<>();
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            UUID nonce = job.nonce().orElse(null);
            Purpose purpose = job.purpose().orElse(null);
            found.unless(
                    nonce != null && purpose != null && purpose.equals(intents.get(nonce)),
                    "The submit of %s was not written down; it writes to %s",
                    job,
                    job.submit().fact("outputs"));
            RemoteJob earlier = nonce == null ? null : submitted.putIfAbsent(nonce, job);
            found.unless(
                    earlier == null || isResent(job, evidence),
                    "Intent %s was submitted twice: %s, %s",
                    nonce,
                    earlier,
                    job);
        }
        executions(evidence, intents.size() - submitted.size(), found);
        return found.list();
    }

    /** A call that scores at once says nothing of its intent, so that they can only be counted. */
    private static void executions(Evidence evidence, int intended, Violations found) {
        List<JournalEntry> executed = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.EXECUTE)
                .filter(entry -> !isResent(entry, evidence))
                .toList();
        found.unless(
                executed.size() <= intended,
                "Rows were scored at once %d times, and %d intents without a job were written down",
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
