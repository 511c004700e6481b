package dev.bes.orchestrator.run.meter;

import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.TriggerKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Counts and times what this node has committed, in memory and without a query. To see all nodes, monitoring adds them up. The
 * values of the tag {@code definition} are bounded by package {@code monitoring}.
 */
@Component
public class RunMeters {
    private static final String DEFINITION = "definition";
    private static final String STATE = "state";

    private final MeterProvider<Counter> acceptedRuns;
    private final MeterProvider<Counter> endedRuns;
    private final MeterProvider<Timer> runDurations;
    private final MeterProvider<Counter> endedScorings;
    private final MeterProvider<Counter> repeatedAttempts;
    private final MeterProvider<Counter> needAttention;
    private final MeterProvider<Timer> stepDurations;
    private final MeterProvider<Counter> comparisons;

    public RunMeters(MeterRegistry registry) {
        acceptedRuns = Counter.builder("orchestrator.runs.accepted")
                .description("Runs that were accepted, by trigger")
                .withRegistry(registry);
        endedRuns = Counter.builder("orchestrator.runs.ended")
                .description("Runs that have ended, by state")
                .withRegistry(registry);
        runDurations = Timer.builder("orchestrator.run.duration")
                .description("Time from the acceptance of a run to its end")
                .withRegistry(registry);
        endedScorings = Counter.builder("orchestrator.scorings.ended")
                .description("Scorings that have ended, by state")
                .withRegistry(registry);
        repeatedAttempts = Counter.builder("orchestrator.attempts.failed")
                .description("Attempts that failed and are followed by another one")
                .withRegistry(registry);
        needAttention = Counter.builder("orchestrator.attention.raised")
                .description("Scorings that came to need attention, by cause")
                .withRegistry(registry);
        Stream.of(Attention.values()).forEach(cause -> needAttention.withTag("cause", cause.word()));
        stepDurations = Timer.builder("orchestrator.step.duration")
                .description("Time that scorings spent in a step before they moved on")
                .withRegistry(registry);
        comparisons = Counter.builder("orchestrator.shadow.comparisons")
                .description("Scorings that were compared with those of another endpoint, by verdict")
                .withRegistry(registry);
    }

    /** The shadow of a scoring has a verdict. */
    public void compared(String definition, String verdict) {
        comparisons.withTags(DEFINITION, definition, "verdict", verdict).increment();
    }

    /** Shows that nothing of a definition has ended yet: a rule sees the first failure only if there was a zero before. */
    public void start(String definition) {
        repeatedAttempts.withTag(DEFINITION, definition);
        Stream.of(State.values()).filter(State::ended).forEach(state -> {
            endedRuns.withTags(DEFINITION, definition, STATE, word(state));
            endedScorings.withTags(DEFINITION, definition, STATE, word(state));
        });
    }

    /** A trigger's run was committed. */
    public void accepted(String definition, TriggerKind trigger) {
        acceptedRuns.withTags(DEFINITION, definition, "trigger", trigger.word()).increment();
    }

    /**
     * A run has ended.
     *
     * @param duration from its acceptance
     */
    public void ended(String definition, State state, Duration duration) {
        endedRuns.withTags(DEFINITION, definition, STATE, word(state)).increment();
        runDurations.withTag(STATE, word(state)).record(duration);
    }

    /** Moves of this node were committed. Those of shadows do not count. */
    public void moved(Collection<Move> moves) {
        moves.stream().filter(move -> !move.claim().definition().isShadow()).forEach(this::moved);
    }

    /**
     * A scoring that shares a remote job has moved with it.
     *
     * @param again whether another attempt begins
     */
    public void followed(String definition, State to, boolean again) {
        if (to.ended()) {
            endedScorings.withTags(DEFINITION, definition, STATE, word(to)).increment();
        } else if (again) {
            repeatedAttempts.withTag(DEFINITION, definition).increment();
        }
    }

    private void moved(Move move) {
        Claim claim = move.claim();
        String definition = claim.definition().name();
        Step from = claim.scoringState().step();
        if (move.to().state().ended() && !claim.isCarrier()) {
            endedScorings
                    .withTags(DEFINITION, definition, STATE, word(move.to().state()))
                    .increment();
        }
        if (move.attempt() > claim.attempt()) {
            if (!claim.isCarrier()) {
                repeatedAttempts.withTag(DEFINITION, definition).increment();
            }
        } else if (move.to().step() != from) {
            claim.inStep()
                    .ifPresent(time -> stepDurations
                            .withTag("step", from.name().toLowerCase(Locale.ROOT))
                            .record(time));
        }
        if (move.attention() != null) {
            needAttention.withTag("cause", move.attention().word()).increment();
        }
    }

    private static String word(State state) {
        return state.word().toLowerCase(Locale.ROOT);
    }
}
