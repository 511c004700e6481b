package dev.bes.testbench.checker.analysis;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The answers to jobs that scorings share: each line begins with the file of a scoring, named by its id, and the number of the row. */
public final class SharedAnswers {

    private final Evidence evidence;
    private final SnapshotIndex index;
    private final RowsOfAttempts outputs;
    private final Map<String, RemoteJob> jobs;

    private SharedAnswers(Evidence evidence) {
        this.evidence = evidence;
        this.index = new SnapshotIndex(evidence.database());
        this.outputs = RowsOfAttempts.of(evidence);
        this.jobs = RemoteJob.in(evidence.journal()).stream().collect(toMap(RemoteJob::id, Function.identity()));
    }

    /** The answers of all carriers. */
    public static SharedAnswers of(Evidence evidence) {
        return new SharedAnswers(evidence);
    }

    /** Checks that the accepted outputs of a member are its rows of the answer, and a row for each of its input. */
    public void check(Attempt member, Violations violations) {
        String name = index.describe(member);
        violations.require(
                index.carrier(member)
                        .map(Attempt::job)
                        .map(jobs::get)
                        .filter(job -> job.state().equals("Finished"))
                        .isPresent(),
                "%s is accepted, but the job that it shares is not finished",
                name);
        for (Output output : member.outputs().values()) {
            List<String> delivered =
                    outputs.delivered(output.file()).lines().skip(1).toList();
            violations.require(
                    delivered.equals(rows(member)),
                    "%s has %d rows, which are not those of its file in the answer to the shared job",
                    name,
                    delivered.size());
            violations.require(isComplete(member, delivered), "%s has not each row of its input once, in order", name);
        }
    }

    /** The rows that the answer gives to a member, in their order; none if it has one twice, or lacks one. */
    private List<String> rows(Attempt member) {
        Map<Integer, String> rows = new TreeMap<>();
        for (String line : index.carrier(member).stream().flatMap(this::answer).toList()) {
            String[] parts = line.split(",", 3);
            if (parts.length == 3
                    && parts[0].equals(member.scoring() + ".csv")
                    && rows.put(Integer.valueOf(parts[1]), parts[2]) != null) {
                return List.of();
            }
        }
        boolean isWhole =
                rows.keySet().equals(IntStream.range(0, rows.size()).boxed().collect(toSet()));
        return isWhole ? List.copyOf(rows.values()) : List.of();
    }

    private boolean isComplete(Attempt member, List<String> rows) {
        List<String> withHeader = Stream.concat(Stream.of(""), rows.stream()).toList();
        String name = "/" + member.scoring() + ".csv";
        return index.carrier(member).stream()
                .flatMap(carrier -> blobs(carrier, "in"))
                .filter(blob -> blob.path().endsWith(name))
                .map(blob -> blob.content().lines().toList())
                .anyMatch(input -> new ScoredRows(input, withHeader).isComplete());
    }

    /** The lines that the job of a carrier wrote. */
    private Stream<String> answer(Attempt carrier) {
        return blobs(carrier, "out")
                .filter(blob -> blob.path().contains("/" + carrier.nonce() + "/")
                        && !blob.path().contains("/sorted/"))
                .flatMap(blob -> blob.content().lines());
    }

    private Stream<StoredFile> blobs(Attempt attempt, String folder) {
        RemoteJob.Purpose its = index.purpose(attempt);
        String path = "/%s/%d/%d-%d/".formatted(folder, its.run(), its.position(), its.attempt());
        return evidence.blobs().stream().filter(blob -> blob.path().contains(path));
    }
}
