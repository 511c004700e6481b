package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One job as its author wrote it: which endpoint, which inputs and outputs, which triggers, which checks.
 *
 * @param name unique name; the file is called {@code <name>.yaml}
 * @param description one line for people
 * @param endpoint name of a configured endpoint
 * @param inputs the named inputs, in the order of the file; each file of the first one becomes a scoring
 * @param outputs the named outputs of the web service to fetch and deliver
 * @param parameters global parameters of the web service; values may contain templates
 * @param triggers what starts a run besides a request, which is always allowed
 * @param delivery where the checked outputs go
 * @param attempts how often a scoring is tried
 * @param deadline how long a started remote job may take, queueing included, before it is cancelled
 * @param priority weight among the definitions that wait for the same endpoint, from 1 to 100
 * @param requestResponse which scorings use the Request/Response Service; null if none does
 * @param partition key of the part of the data that a run is about; may contain templates; null without one
 * @param requestSchema what the parameters of requests may be; null if the templates alone say it
 * @param fairness by what its scorings take turns; null if the longest due is always next
 * @param pool name of the pool whose limits hold for its scorings; null without one
 * @param callbacks addresses that are called at the end of each run
 * @param shadow the endpoint that scores the same inputs, to compare; null without one
 * @param fold how scorings share remote jobs; null if each has a job of its own
 */
public record Definition(
        String name,
        String description,
        String endpoint,
        Map<String, Input> inputs,
        Map<String, Output> outputs,
        Map<String, String> parameters,
        Triggers triggers,
        Delivery delivery,
        Attempts attempts,
        Duration deadline,
        int priority,
        @Nullable OneCallLimit requestResponse,
        @Nullable String partition,
        @Nullable RequestSchema requestSchema,
        @Nullable Fairness fairness,
        @Nullable String pool,
        List<String> callbacks,
        @Nullable Shadow shadow,
        @Nullable Fold fold) {

    /** The priority of a definition that does not set one. */
    public static final int DEFAULT_PRIORITY = 10;

    /**
     * Which scorings need no remote job: one call of the Request/Response Service (RRS) scores a small input.
     *
     * @param rows maximum number of data rows of each input, at least 1
     */
    public record OneCallLimit(int rows) {}

    /**
     * How many scorings share one remote job. Its output names the input file of each row, in a column that is removed.
     *
     * @param files how many scorings at most, at least 1
     * @param rows how many data rows at most; a larger input has a job alone
     * @param longest how long the first scoring waits for others
     * @param file name of the output column that holds the name of the input file
     * @param row name of the output column that holds the number of the row in its file, from 0; null if there is none
     */
    public record Fold(
            int files,
            long rows,
            @JsonProperty("wait") Duration longest,
            String file,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String row) {
        /** How many scorings share a job if the definition does not say it. */
        public static final int DEFAULT_FILES = 500;

        /** How many rows share a job if the definition does not say it. */
        public static final long DEFAULT_ROWS = 2_000_000;
    }

    /** An output as it is delivered: without the columns that say which input a row belongs to. */
    public Output delivered(String output) {
        Output whole = Objects.requireNonNull(outputs.get(output));
        if (fold == null) {
            return whole;
        }
        List<String> columns = whole.columns().stream()
                .filter(column -> !column.equals(fold.file) && !column.equals(fold.row))
                .toList();
        return new Output(whole.rows(), columns, whole.header());
    }

    /**
     * Where a scoring has its fairness key from. Keys of the same definition take turns.
     *
     * @param key template of the key; null if it is a part of the file's name
     * @param by pattern of names with {@code {key}} in the place of the key; null if there is a template
     */
    public record Fairness(@Nullable String key, @Nullable String by) {}

    /**
     * An endpoint that scores the same inputs, so that its outputs can be compared with those that are delivered.
     *
     * @param endpoint name of the endpoint
     * @param share how many scorings in a hundred it scores, too; more than 0, at most 100
     * @param tolerance the largest absolute difference of two numbers that count as the same
     * @param columns the same for columns that have a tolerance of their own
     * @param header whether its outputs come with a header; null if they come as those of the main endpoint
     */
    public record Shadow(
            String endpoint,
            double share,
            double tolerance,
            Map<String, Double> columns,

            @JsonInclude(JsonInclude.Include.NON_NULL) Output.@Nullable Header header) {

        /** The tolerance of a column. */
        public double tolerance(String column) {
            return columns.getOrDefault(column, tolerance);
        }
    }

    /** Whether a run of it is a shadow: its outputs are compared, and not delivered. */
    public boolean isShadow() {
        return shadow != null && shadow.endpoint().equals(endpoint);
    }

    /**
     * The definition of the shadows of its runs: on the other endpoint, with the lowest priority, and without all that others see
     * of a run.
     *
     * @throws NullPointerException if it has no shadow
     */
    public Definition asShadow() {
        return new Definition(
                name,
                description,
                Objects.requireNonNull(shadow).endpoint(),
                inputs,
                outputs.keySet().stream()
                        .collect(Collectors.toMap(output -> output, this::delivered, (a, b) -> a, LinkedHashMap::new)),
                parameters,
                new Triggers(List.of(), List.of(), List.of()),
                new Delivery("shadow"),
                attempts,
                deadline,
                1,
                requestResponse,
                null,
                null,
                null,
                null,
                List.of(),
                shadow,
                null);
    }
}
