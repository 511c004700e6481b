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
 * Every finished scoring has exactly one finished attempt; its job is Finished by the remote side's journal; each output
 * that it delivered has the path and the hash of an output that this very job wrote, and so have the blob that lies there
 * and the file where it was delivered.
 */
public final class V6DeliveredOutputIsJobOutput {

    private final Map<String, RemoteJob> jobs = new HashMap<>();
    private final Set<String> answers;
    private final Map<String, String> blobs;
    private final Map<String, String> files;
    private final SnapshotIndex books;
    private final Violations found = new Violations();

    private V6DeliveredOutputIsJobOutput(Evidence evidence) {
        RemoteJob.in(evidence.journal()).forEach(job -> jobs.put(job.id(), job));
        this.answers = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.EXECUTE)
                .map(entry -> String.valueOf(entry.fact("sha256")))
                .collect(Collectors.toSet());
        this.blobs = hashes(evidence.blobs());
        this.files = hashes(evidence.delivered());
        this.books = new SnapshotIndex(evidence.database());
    }

    public static List<String> violations(Evidence evidence) {
        V6DeliveredOutputIsJobOutput it = new V6DeliveredOutputIsJobOutput(evidence);
        evidence.database().scorings().stream()
                .filter(scoring -> scoring.state().equals("Finished"))
                .forEach(it::judge);
        return it.found.list();
    }

    private void judge(Scoring scoring) {
        List<Attempt> accepted = books.attempts(scoring).stream()
                .filter(attempt -> attempt.state().equals("Finished"))
                .toList();
        found.unless(
                accepted.size() == 1, "%s has %d accepted attempts", SnapshotIndex.words(scoring), accepted.size());
        for (Attempt attempt : accepted) {
            if (attempt.answered()) {
                attempt.outputs().values().forEach(output -> judgeAnswer(attempt, output));
                continue;
            }
            RemoteJob job = attempt.job() == null ? null : jobs.get(attempt.job());
            if (job == null || !job.state().equals("Finished")) {
                found.add("%s is accepted, but its job is not finished: %s", books.words(attempt), attempt.job());
            } else {
                attempt.outputs().values().forEach(output -> judge(attempt, job, output));
            }
        }
    }

    private void judge(Attempt attempt, RemoteJob job, Output output) {
        String words = books.words(attempt) + ", " + output.blob();
        String path = job.outputs().stream()
                .filter(entry -> output.sha256().equals(entry.fact("sha256")))
                .map(entry -> String.valueOf(entry.fact("path")))
                .filter(it -> it.substring(it.indexOf('/') + 1).equals(output.blob()))
                .findFirst()
                .orElse(null);
        found.unless(path != null, "%s is not what job %s wrote", words, job.id());
        found.unless(
                path == null || output.sha256().equals(blobs.get(path)), "%s: the blob is missing or another", words);
        isHome(output, words);
    }

    private void judgeAnswer(Attempt attempt, Output output) {
        String words = books.words(attempt) + ", " + output.blob();
        found.unless(answers.contains(output.sha256()), "%s is no answer that the remote side gave", words);
        found.unless(output.blob().contains("/" + attempt.nonce() + "/"), "%s is not named by its intent", words);
        found.unless(
                blobs.entrySet().stream()
                        .anyMatch(blob -> blob.getKey().endsWith("/" + output.blob())
                                && output.sha256().equals(blob.getValue())),
                "%s: the blob is missing or another",
                words);
        isHome(output, words);
    }

    private void isHome(Output output, String words) {
        found.unless(
                output.sha256().equals(files.get(output.file())), "%s: %s is missing or another", words, output.file());
    }

    private static Map<String, String> hashes(List<StoredFile> some) {
        Map<String, String> hashes = new HashMap<>();
        some.forEach(file -> hashes.put(file.path(), file.sha256()));
        return hashes;
    }
}
