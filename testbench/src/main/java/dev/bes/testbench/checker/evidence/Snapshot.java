package dev.bes.testbench.checker.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The service's database at one moment, as far as the invariants need it.
 *
 * @param readAt that moment, by the clock of the database
 * @param shadows what other endpoints score, too
 * @param batch the tables of Spring Batch
 * @param quartz the triggers and firings of Quartz
 */
public record Snapshot(
        Instant readAt,
        List<Run> runs,
        List<Scoring> scorings,
        List<Attempt> attempts,
        List<Intent> intents,
        List<Move> moves,
        List<DroppedFile> droppedFiles,
        List<Callback> callbacks,
        Shadows shadows,
        Batch batch,
        Quartz quartz) {

    /**
     * A row of {@code run}.
     *
     * @param attempts how many attempts its definition allows each of its scorings
     */
    public record Run(
            long id,
            String definition,
            String occurrence,
            String trigger,
            @Nullable Instant fireTime,
            String state,
            @Nullable String cause,
            int attempts,
            int moves,
            Instant createdAt,
            @Nullable Instant cancelRequestedAt,
            @Nullable Instant endedAt) {

        /** Whether it serves another run, as its shadow or with the job of its scorings. */
        public boolean serves() {
            return trigger.equals("shadow") || trigger.equals("fold");
        }
    }

    /**
     * A row of {@code scoring}.
     *
     * @param attention why it needs attention; null if it does not
     * @param unreadableInputs attempts that do not count, as their jobs could not read their input
     */
    public record Scoring(
            long id,
            long run,
            int position,
            String step,
            String state,
            int attempt,
            int moves,
            @Nullable String cause,
            @Nullable String attention,
            int unreadableInputs) {}

    /**
     * A row of {@code attempt}. Where rows are scored in batches, {@code job} is the nonce.
     *
     * @param carrier the scoring whose job it shares; null if the job is its own
     * @param carrierAttempt the attempt of that scoring; null if the job is its own
     */
    public record Attempt(
            long scoring,
            int number,
            String state,
            @Nullable UUID nonce,
            @Nullable String job,
            @Nullable Instant submittedAt,
            Map<String, Output> outputs,
            String endpoint,
            @Nullable Long carrier,
            @Nullable Integer carrierAttempt) {

        /** An attempt that shares no job. */
        public Attempt(
                long scoring,
                int number,
                String state,
                @Nullable UUID nonce,
                @Nullable String job,
                @Nullable Instant submittedAt,
                Map<String, Output> outputs,
                String endpoint) {
            this(scoring, number, state, nonce, job, submittedAt, outputs, endpoint, null, null);
        }

        /** Whether one call scored it, without a job. */
        public boolean answered() {
            return job == null && nonce != null;
        }

        /** Whether it shares the job of another scoring. */
        public boolean isMember() {
            return carrier != null;
        }
    }

    /**
     * An output that an attempt delivered.
     *
     * @param blob name in the container
     * @param file path where it was delivered
     */
    public record Output(String blob, String file, String sha256) {}

    /** A row of {@code submit_intent}. */
    public record Intent(UUID nonce, long scoring, int attempt) {}

    /**
     * A row of {@code history}.
     *
     * @param scoring null for a move of the run itself
     * @param from step and state, or the state alone for a run
     * @param at when it was committed, if the database keeps commit times, else when it was written
     */
    public record Move(
            long run,
            @Nullable Long scoring,
            int seq,
            @Nullable Integer attempt,
            String from,
            String to,
            Instant at,
            @Nullable String cause) {}

    /**
     * What other endpoints score, too.
     *
     * @param due scorings with an accepted output whose definition has each output compared
     */
    public record Shadows(List<Long> due, List<Comparison> comparisons) {}

    /**
     * A row of {@code shadow_comparison}.
     *
     * @param scoring the scoring whose output is delivered
     * @param run the shadow's run; null if it was skipped
     * @param verdict null while the shadow is under way
     * @param folder where its run would deliver; null if it was skipped
     */
    public record Comparison(
            long scoring,
            @Nullable Long run,
            @Nullable String verdict,
            @Nullable String folder) {}

    /** A row of {@code callback}. */
    public record Callback(String event, long run, String definition, String state) {}

    /**
     * A row of {@code dropped_file}.
     *
     * @param run id of its run; 0 if it is a duplicate
     */
    public record DroppedFile(UUID id, String folder, String name, long run, String location) {}

    /**
     * What Spring Batch has not brought to an end.
     *
     * @param instancesWithoutExecution ids of job instances that were never run
     * @param openExecutions ids of job executions without an end, with their status
     * @param failedExecutions ids of job executions that did not complete, with their status
     */
    public record Batch(
            List<Long> instancesWithoutExecution,
            Map<Long, String> openExecutions,
            Map<Long, String> failedExecutions) {}

    /** What Quartz has planned and begun. */
    public record Quartz(List<Trigger> triggers, List<Firing> firings) {}

    /** A row of {@code qrtz_triggers}. */
    public record Trigger(
            String name, String state, @Nullable Instant nextFireTime) {}

    /** A row of {@code qrtz_fired_triggers}. */
    public record Firing(String trigger, String node, String state, Instant at) {}
}
