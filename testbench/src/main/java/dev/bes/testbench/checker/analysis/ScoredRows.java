package dev.bes.testbench.checker.analysis;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An output that was composed of answers to batches. It has the columns of the input, and behind them those that the remote side adds.
 *
 * @param input the lines of the input, with its header
 * @param output the lines of the output, with its header
 */
public record ScoredRows(List<String> input, List<String> output) {

    /** The rows of two CSV files without quoted line ends. */
    public static ScoredRows of(String input, String output) {
        return new ScoredRows(input.lines().toList(), output.lines().toList());
    }

    /** The calls that scored rows at once. */
    public static Stream<JournalEntry> executions(List<JournalEntry> journal) {
        return journal.stream().filter(entry -> entry.event() == Event.EXECUTE);
    }

    /** The hashes of all answers that the remote side gave. */
    public static Set<String> answers(List<JournalEntry> journal) {
        return executions(journal)
                .map(entry -> String.valueOf(entry.fact("sha256")))
                .collect(Collectors.toSet());
    }

    /** Whether each row of the input is in the output once, in the order of the input. */
    public boolean isComplete() {
        if (input.size() != output.size()) {
            return false;
        }
        for (int row = 1; row < input.size(); row++) {
            if (!output.get(row).startsWith(input.get(row) + ",")) {
                return false;
            }
        }
        return true;
    }

    /**
     * The hashes of the answers that the output consists of, one after the other; empty if it does not. The first columns may be of the
     * input, and unknown to the remote side.
     */
    public Optional<List<String>> parts(Set<String> answers) {
        List<String> rows = output;
        while (rows.getFirst().contains(",")) {
            Optional<List<String>> parts = parts(rows, answers);
            if (parts.isPresent()) {
                return parts;
            }
            rows = rows.stream().map(row -> row.substring(row.indexOf(',') + 1)).toList();
        }
        return Optional.empty();
    }

    private static Optional<List<String>> parts(List<String> rows, Set<String> answers) {
        List<String> parts = new ArrayList<>();
        int from = 1;
        while (from < rows.size()) {
            int begin = from;
            for (int to = begin + 1; to <= rows.size() && from == begin; to++) {
                String hash = sha256(rows.getFirst(), rows.subList(begin, to));
                if (answers.contains(hash)) {
                    parts.add(hash);
                    from = to;
                }
            }
            if (from == begin) {
                return Optional.empty();
            }
        }
        return Optional.of(parts);
    }

    /** The hash of some rows as a file of their own, as the remote side writes it into its journal. */
    private static String sha256(String header, List<String> rows) {
        return DigestUtils.sha256Hex(Stream.concat(Stream.of(header), rows.stream())
                .map(line -> line + "\r\n")
                .collect(Collectors.joining()));
    }
}
