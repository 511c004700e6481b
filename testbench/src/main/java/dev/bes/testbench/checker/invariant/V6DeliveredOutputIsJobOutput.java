package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every finished scoring has exactly one finished attempt. Its job is Finished in the journal of the remote side.
 * Each delivered output has the path and the hash of an output that this job wrote; the blob at that path and the
 * delivered file have the same hash. Of a scoring that shares a job the job is that of its carrier, which has finished, and its
 * output is a part of what the job wrote: only the delivered file is compared.
 */
public final class V6DeliveredOutputIsJobOutput {

    private final Map<String, RemoteJob> jobs = new HashMap<>();
    private final Set<String> answers;
    private final Map<String, String> blobs;
    private final Map<String, String> files;
    private final SnapshotIndex index;
    private final Violations violations = new Violations();

    private V6DeliveredOutputIsJobOutput(Evidence evidence) {
        RemoteJob.in(evidence.journal()).forEach(job -> jobs.put(job.id(), job));
        this.answers = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.EXECUTE)
                .map(entry -> String.valueOf(entry.fact("sha256")))
                .collect(Collectors.toSet());
        this.blobs = hashes(evidence.blobs());
        this.files = hashes(evidence.delivered());
        this.index = new SnapshotIndex(evidence.database());
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V6DeliveredOutputIsJobOutput it = new V6DeliveredOutputIsJobOutput(evidence);
        evidence.database().scorings().stream()
                .filter(scoring -> scoring.state().equals("Finished"))
                .forEach(it::check);
        return it.violations.list();
    }

    private void check(Scoring scoring) {
        List<Attempt> accepted = index.attempts(scoring).stream()
                .filter(attempt -> attempt.state().equals("Finished"))
                .toList();
        violations.require(
                accepted.size() == 1, "%s has %d accepted attempts", SnapshotIndex.describe(scoring), accepted.size());
        for (Attempt attempt : accepted) {
            if (attempt.carrier() != null) {
                checkShared(attempt, attempt.carrier());
                continue;
            }
            if (attempt.answered()) {
                attempt.outputs().values().forEach(output -> checkAnswer(attempt, output));
                continue;
            }
            RemoteJob job = attempt.job() == null ? null : jobs.get(attempt.job());
            if (job == null || !job.state().equals("Finished")) {
                violations.add(
                        "%s is accepted, but its job is not finished: %s", index.describe(attempt), attempt.job());
            } else {
                attempt.outputs().values().forEach(output -> check(attempt, job, output));
            }
        }
    }

    private void checkShared(Attempt attempt, long carrier) {
        violations.require(
                index.isFinished(carrier),
                "%s is accepted, but its carrier, scoring %d, is not finished",
                index.describe(attempt),
                carrier);
        attempt.outputs().values().forEach(output -> checkDelivered(output, index.describe(attempt)));
    }

    private void check(Attempt attempt, RemoteJob job, Output output) {
        String name = index.describe(attempt) + ", " + output.blob();
        String path = job.outputs().stream()
                .filter(entry -> output.sha256().equals(entry.fact("sha256")))
                .map(entry -> String.valueOf(entry.fact("path")))
                .filter(it -> it.substring(it.indexOf('/') + 1).equals(output.blob()))
                .findFirst()
                .orElse(null);
        violations.require(path != null, "%s is not what job %s wrote", name, job.id());
        violations.require(
                path == null || output.sha256().equals(blobs.get(path)), "%s: the blob is missing or another", name);
        checkDelivered(output, name);
    }

    private void checkAnswer(Attempt attempt, Output output) {
        String name = index.describe(attempt) + ", " + output.blob();
        violations.require(answers.contains(output.sha256()), "%s is no answer that the remote side gave", name);
        violations.require(output.blob().contains("/" + attempt.nonce() + "/"), "%s is not named by its intent", name);
        violations.require(
                blobs.entrySet().stream()
                        .anyMatch(blob -> blob.getKey().endsWith("/" + output.blob())
                                && output.sha256().equals(blob.getValue())),
                "%s: the blob is missing or another",
                name);
        checkDelivered(output, name);
    }

    private void checkDelivered(Output output, String name) {
        violations.require(
                output.sha256().equals(files.get(output.file())), "%s: %s is missing or another", name, output.file());
    }

    private static Map<String, String> hashes(List<StoredFile> some) {
        Map<String, String> hashes = new HashMap<>();
        some.forEach(file -> hashes.put(file.path(), file.sha256()));
        return hashes;
    }
}
