package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RowsOfAttempts;
import dev.bes.testbench.checker.analysis.ScoredRows;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.SharedAnswers;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Every finished scoring has exactly one finished attempt. Its job is Finished in the journal of the remote side.
 * Each delivered output has the path and the hash of an output that this job wrote; the blob at that path and the
 * delivered file have the same hash. Where a job writes no header, the delivered file has it in front. Of a scoring that shares a job the
 * job is that of its carrier, and its output has the rows that the answer gives to its file, each once and in order: a row for each row of
 * the input. A shadow and a carrier deliver nothing. A shadow is one of the same service, so that it never differs.
 *
 * <p>Unnamed: jobs of the same call write to the same path, so the output may be that of another job of the accepted one's call. Rows:
 * the delivered output has each row of the input once, in the order of the input, and consists of answers that the remote side
 * gave, one after the other.
 */
public final class V6DeliveredOutputIsJobOutput {

    private final Map<String, RemoteJob> jobs = new HashMap<>();
    private final ServiceClasses classes;
    private final RowsOfAttempts rows;
    private final SharedAnswers shared;
    private final Map<String, String> blobs;
    private final Map<String, String> files;
    private final SnapshotIndex index;
    private final Violations violations = new Violations();

    private V6DeliveredOutputIsJobOutput(Evidence evidence) {
        RemoteJob.in(evidence.journal()).forEach(job -> jobs.put(job.id(), job));
        this.classes = ServiceClasses.of(evidence);
        this.rows = RowsOfAttempts.of(evidence);
        this.blobs = hashes(evidence.blobs());
        this.files = hashes(evidence.delivered());
        this.index = new SnapshotIndex(evidence.database());
        this.shared = SharedAnswers.of(evidence);
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V6DeliveredOutputIsJobOutput it = new V6DeliveredOutputIsJobOutput(evidence);
        evidence.database().scorings().stream()
                .filter(scoring -> scoring.state().equals("Finished"))
                .forEach(it::check);
        ServingRuns.checkOutputs(evidence, it.violations);
        return it.violations.list();
    }

    private void check(Scoring scoring) {
        List<Attempt> accepted = index.attempts(scoring).stream()
                .filter(attempt -> attempt.state().equals("Finished"))
                .toList();
        violations.require(
                accepted.size() == 1, "%s has %d accepted attempts", SnapshotIndex.describe(scoring), accepted.size());
        for (Attempt attempt : accepted) {
            if (attempt.isMember()) {
                shared.check(attempt, violations);
                attempt.outputs().values().forEach(output -> checkDelivered(output, index.describe(attempt)));
                continue;
            }
            if (attempt.answered()) {
                attempt.outputs().values().forEach(output -> checkAnswer(attempt, output));
                continue;
            }
            if (classes.of(attempt) == ServiceClass.ROWS) {
                attempt.outputs().values().forEach(output -> checkRows(attempt, output));
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

    private void check(Attempt attempt, RemoteJob job, Output output) {
        String name = index.describe(attempt) + ", " + output.blob();
        String withoutHeader =
                DigestUtils.sha256Hex(rows.delivered(output.file()).replaceFirst("^[^\n]*\n", ""));
        JournalEntry written = written(job)
                .filter(entry -> Set.of(output.sha256(), withoutHeader).contains(String.valueOf(entry.fact("sha256"))))
                .filter(entry ->
                        path(entry).substring(path(entry).indexOf('/') + 1).equals(output.blob()))
                .findFirst()
                .orElse(null);
        violations.require(written != null, "%s is not what job %s wrote", name, job.id());
        violations.require(
                written == null || String.valueOf(written.fact("sha256")).equals(blobs.get(path(written))),
                "%s: the blob is missing or another",
                name);
        checkDelivered(output, name);
    }

    private Stream<JournalEntry> written(RemoteJob job) {
        return classes.mayHaveExtras(job)
                ? jobs.values().stream()
                        .filter(other -> other.nonce().equals(job.nonce()))
                        .flatMap(other -> other.outputs().stream())
                : job.outputs().stream();
    }

    private static String path(JournalEntry written) {
        return String.valueOf(written.fact("path"));
    }

    private void checkRows(Attempt attempt, Output output) {
        String name = index.describe(attempt) + ", " + output.blob();
        checkDelivered(output, name);
        ScoredRows found = rows.rows(attempt, output).orElse(null);
        violations.require(
                found != null && found.isComplete(), "%s has not each row of its input once, in order", name);
        violations.require(
                found != null && rows.parts(found).isPresent(),
                "%s does not consist of answers of the remote side",
                name);
    }

    private void checkAnswer(Attempt attempt, Output output) {
        String name = index.describe(attempt) + ", " + output.blob();
        violations.require(rows.isAnswer(output.sha256()), "%s is no answer that the remote side gave", name);
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
