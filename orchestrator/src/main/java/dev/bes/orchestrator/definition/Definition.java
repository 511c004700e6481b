package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        @Nullable Shadow shadow) {

    /** The priority of a definition that does not set one. */
    public static final int DEFAULT_PRIORITY = 10;

    /**
     * Which scorings need no remote job: one call of the Request/Response Service (RRS) scores a small input.
     *
     * @param rows maximum number of data rows of each input, at least 1
     */
    public record OneCallLimit(int rows) {}

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
                outputs,
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
                shadow);
    }
}
