package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The inputs and outputs of attempts whose rows were scored in batches. */
public final class RowsOfAttempts {

    private final Evidence evidence;
    private final SnapshotIndex index;
    private final Set<String> answers;
    private final Map<String, String> delivered;

    private RowsOfAttempts(Evidence evidence) {
        this.evidence = evidence;
        this.index = new SnapshotIndex(evidence.database());
        this.answers = ScoredRows.answers(evidence.journal());
        this.delivered = evidence.delivered().stream()
                .collect(Collectors.toMap(StoredFile::path, StoredFile::content, (one, other) -> one));
    }

    /** The rows of all attempts. */
    public static RowsOfAttempts of(Evidence evidence) {
        return new RowsOfAttempts(evidence);
    }

    /** Whether an answer of the remote side has this hash. */
    public boolean isAnswer(String sha256) {
        return answers.contains(sha256);
    }

    /** The text of a delivered file; empty if it is missing. */
    public String delivered(String file) {
        return delivered.getOrDefault(file, "");
    }

    /** The rows of an output, with those of the input that was scored; empty if one of them is missing. */
    public Optional<ScoredRows> rows(Attempt attempt, Output output) {
        String inputs = "/in/%d/%d-%d/"
                .formatted(index.scoring(attempt).run(), index.scoring(attempt).position(), attempt.number());
        String scored = delivered.get(output.file());
        return evidence.blobs().stream()
                .filter(blob -> blob.path().contains(inputs))
                .map(StoredFile::content)
                .findFirst()
                .filter(input -> scored != null)
                .map(input -> ScoredRows.of(input, Objects.requireNonNull(scored)));
    }

    /** The answers that an output consists of; empty if it consists of something else. */
    public Optional<List<String>> parts(ScoredRows rows) {
        return rows.parts(answers);
    }

    /** How often each answer is part of an output, of those that are delivered and of those of shadows. */
    public Map<String, Long> usedAnswers() {
        ServiceClasses classes = ServiceClasses.of(evidence);
        Map<String, Long> used = new HashMap<>();
        evidence.database().attempts().stream()
                .filter(attempt -> classes.of(attempt) == ServiceClass.ROWS)
                .flatMap(this::outputs)
                .map(this::parts)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .forEach(answer -> used.merge(answer, 1L, Long::sum));
        return used;
    }

    private Stream<ScoredRows> outputs(Attempt attempt) {
        return index.run(index.scoring(attempt)).trigger().equals("shadow")
                ? composed(attempt)
                : attempt.outputs().values().stream()
                        .map(output -> rows(attempt, output))
                        .flatMap(Optional::stream);
    }

    /** What a shadow has composed in the blob store: it delivers nothing. */
    private Stream<ScoredRows> composed(Attempt attempt) {
        RemoteJob.Purpose its = index.purpose(attempt);
        Pattern path = Pattern.compile(
                "/out/%d/%d-%d/%s/[^/]+[.]csv$".formatted(its.run(), its.position(), its.attempt(), attempt.job()));
        return evidence.blobs().stream()
                .filter(blob -> path.matcher(blob.path()).find())
                .map(blob -> ScoredRows.of("", blob.content()));
    }
}
