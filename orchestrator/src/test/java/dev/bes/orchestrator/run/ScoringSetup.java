package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunParts.LEASE;

import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Puts the scorings of new runs at any place, by legal moves only, and holds them there. */
public record ScoringSetup(RunParts node) {
    public static final Map<String, StagedInput> STAGED =
            Map.of("input1", new StagedInput("in/a.csv", 3, 30, "5ea1", "\"e1\""));
    public static final Map<String, DeliveredOutput> DELIVERED =
            Map.of("output1", new DeliveredOutput("out/a.csv", "/there/a.csv", 3, 60, "ca5e"));

    /** Accepts the run and drives its one scoring. */
    public Claim one(ScoringState place, NewRun run) {
        return all(place, run).getFirst();
    }

    /** Accepts the run and drives its one scoring to where it is live. */
    public Claim one(Step step, NewRun run) {
        return one(live(step), run);
    }

    /** Accepts the run and drives all its scorings. */
    public List<Claim> all(ScoringState place, NewRun run) {
        node.runs().accept(run);
        List<Claim> claims = node.claim(Sweep.LAUNCH, run);
        claims = onwards(place, Step.STAGED, claims, c -> Move.staged(c, STAGED, 3, LEASE));
        Map<Long, UUID> nonces = place.step().compareTo(Step.SUBMITTED) < 0
                ? Map.of()
                : node.intents().open(claims);
        claims = onwards(place, Step.SUBMITTED, claims, c -> submitted(c, nonces));
        claims = onwards(place, Step.STARTED, claims, c -> Move.started(c, Duration.ZERO));
        claims = again(place, Step.STARTED, Sweep.TRACK, claims, run);
        if (place.equals(new ScoringState(Step.STARTED, State.RUNNING))) {
            move(claims, c -> Move.running(c, Duration.ZERO, "Running"));
            claims = node.claim(Sweep.TRACK, run);
        }
        claims = onwards(place, Step.SCORED, claims, c -> Move.scored(c, "Finished"));
        claims = again(place, Step.SCORED, Sweep.COLLECT, claims, run);
        claims = onwards(place, Step.DELIVERED, claims, c -> Move.delivered(c, DELIVERED));
        return switch (place.state()) {
            case FAILED -> move(claims, c -> Move.failed(c, "it broke", null));
            case CANCELLED -> move(claims, c -> Move.cancelled(c, "somebody said so", null));
            default -> claims;
        };
    }

    /** Where a scoring of that step usually stands. */
    public static ScoringState live(Step step) {
        return switch (step) {
            case PLANNED, STAGED, SUBMITTED, STARTED -> new ScoringState(step, State.NOT_STARTED);
            case SCORED -> new ScoringState(step, State.RUNNING);
            case DELIVERED -> new ScoringState(step, State.FINISHED);
        };
    }

    private List<Claim> onwards(ScoringState place, Step step, List<Claim> claims, Function<Claim, Move> move) {
        return place.step().compareTo(step) < 0 ? claims : move(claims, move);
    }

    private List<Claim> again(ScoringState place, Step step, Sweep sweep, List<Claim> claims, NewRun run) {
        return place.step().compareTo(step) < 0 ? claims : node.claim(sweep, run);
    }

    private List<Claim> move(List<Claim> claims, Function<Claim, Move> move) {
        return node.moves().apply(claims.stream().map(move).toList());
    }

    public static Move submitted(Claim claim, Map<Long, UUID> nonces) {
        String job = UUID.randomUUID().toString().replace("-", "");
        return Move.submitted(claim, Objects.requireNonNull(nonces.get(claim.scoring())), job, LEASE);
    }
}
