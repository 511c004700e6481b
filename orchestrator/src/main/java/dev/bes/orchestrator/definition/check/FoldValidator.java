package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Checks the key {@code fold}: how scorings share jobs. */
public final class FoldValidator {
    private static final long MOST_ROWS = 99_999_999;
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private FoldValidator() {}

    /**
     * Reports definitions whose endpoint has no jobs that scorings can share.
     *
     * @param folding whether an endpoint has
     */
    public static void checkEndpoints(List<LocatedDefinition> all, Predicate<String> folding) {
        all.stream()
                .filter(located -> located.definition().fold() != null
                        && !folding.test(located.definition().endpoint()))
                .forEach(located -> located.root()
                        .at("fold")
                        .reportKey(
                                "'fold' needs an endpoint of kind azureml, and '%s' is none"
                                        .formatted(located.definition().endpoint()),
                                "name another endpoint, or remove 'fold'"));
    }

    /** Reports the mistakes of the key. */
    static void check(NodeCursor root) {
        NodeCursor fold = root.at("fold");
        if (!fold.isObject()) {
            return;
        }
        one(fold, root.at("inputs"), "input");
        one(fold, root.at("outputs"), "output");
        root.at("outputs").values().forEach(output -> checkOutput(fold, output));
        NodeCursor wait = fold.at("wait");
        wait.text()
                .filter(text -> DurationFormatterUtils.detectAndParse(text).compareTo(LONGEST_WAIT) > 0)
                .ifPresent(text -> wait.report("'wait' must be at most 24h", null));
        NodeCursor rows = fold.at("rows");
        rows.number()
                .filter(number -> number < 1 || number > MOST_ROWS)
                .ifPresent(number -> rows.report("'rows' must be from 1 to %d".formatted(MOST_ROWS), null));
        NodeCursor row = fold.at("row");
        row.text()
                .filter(name -> fold.at("file").text().filter(name::equals).isPresent())
                .ifPresent(name -> row.report("'row' is the column of 'file'", "name another column, or leave it out"));
        if (root.at("request-response").isPresent()) {
            fold.reportKey("'fold' beside 'request-response'", "remove one of them");
        }
    }

    private static void one(NodeCursor fold, NodeCursor ports, String kind) {
        if (ports.keys().size() > 1) {
            fold.reportKey(
                    "'fold' needs one %s, and there are %d"
                            .formatted(kind, ports.keys().size()),
                    "remove 'fold'");
        }
    }

    private static void checkOutput(NodeCursor fold, NodeCursor output) {
        output.at("rows")
                .text()
                .filter("any"::equals)
                .ifPresent(any -> output.at("rows").report("'fold' needs 'rows: same'", "lost rows are found by it"));
        List<String> columns = output.at("columns")
                .elements()
                .flatMap(column -> column.text().stream())
                .toList();
        for (String key : List.of("file", "row")) {
            NodeCursor name = fold.at(key);
            name.text()
                    .filter(column -> !columns.contains(column))
                    .ifPresent(column -> name.report(
                            "the output has no column '%s'".formatted(column), "name it in 'columns' of the output"));
        }
        if (columns.size() <= 1 || (columns.size() == 2 && fold.at("row").isPresent())) {
            output.at("columns").reportKey("no column is left to be delivered", null);
        }
    }
}
