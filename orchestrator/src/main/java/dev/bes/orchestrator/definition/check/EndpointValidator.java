package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Checks the endpoint of a definition, the one of its shadow, and how its scorings share jobs.
 *
 * @param endpoints names of the configured endpoints
 */
public record EndpointValidator(Set<String> endpoints) {
    private static final long MOST_ROWS = 99_999_999;
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /**
     * Warns of definitions with several inputs, for an endpoint that takes one: each scoring there fails.
     *
     * @param oneInput whether an endpoint takes only one
     */
    public static void checkInputs(List<LocatedDefinition> all, Predicate<String> oneInput) {
        for (LocatedDefinition located : all) {
            int inputs = located.definition().inputs().size();
            Stream.of(located.root().at("endpoint"), located.root().at("shadow").at("endpoint"))
                    .filter(endpoint -> inputs > 1)
                    .forEach(endpoint -> endpoint.text()
                            .filter(oneInput)
                            .ifPresent(name -> endpoint.warn(
                                    "endpoint '%s' takes one input, and the definition has %d: each scoring there fails"
                                            .formatted(name, inputs),
                                    "join the inputs before")));
        }
    }

    /** Reports the mistakes of the keys {@code endpoint} and {@code shadow}. */
    void check(NodeCursor root) {
        checkName(root.at("endpoint"));
        NodeCursor shadow = root.at("shadow");
        NodeCursor other = shadow.at("endpoint");
        checkName(other);
        if (other.text().isPresent() && other.text().equals(root.at("endpoint").text())) {
            other.report("a shadow needs another endpoint than '" + other.text().get() + "'", null);
        }
        shadow.at("share")
                .text()
                .filter(share -> share.matches("[0.]+%"))
                .ifPresent(share -> shadow.at("share").report("'share' must be more than 0%", "or remove 'shadow'"));
    }

    private void checkName(NodeCursor endpoint) {
        List<String> known = endpoints.stream().sorted().toList();
        endpoint.text()
                .filter(name -> !endpoints.contains(name))
                .ifPresent(name -> endpoint.report(
                        "unknown endpoint '" + name + "'",
                        known.isEmpty() ? "none is configured" : Suggestion.hint(name, known)));
    }

    /**
     * Reports definitions whose endpoint has no jobs that scorings can share.
     *
     * @param folding whether an endpoint has
     */
    public static void checkFolding(List<LocatedDefinition> all, Predicate<String> folding) {
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

    /** Reports the mistakes of the key {@code fold}. */
    static void checkFold(NodeCursor root) {
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
