package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.definition.Attempts;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.MemberOutcome;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Move.Fact;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the scorings that share a remote job move when the scoring moves that has the job, in its transaction. */
final class MemberMoves {
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    // the lock of the fold first: of two that change it, the second sees the members that the first has added
    private static final String CLOSE = "UPDATE fold SET open = false WHERE carrier_id = ANY(:carriers) AND open";

    private static final String LIVE = """
            SELECT id, carrier_id, run_id, epoch, step, state, attempt, unreadable_inputs FROM scoring
            WHERE carrier_id = ANY(:carriers) AND state IN ('NotStarted', 'Running') ORDER BY id FOR NO KEY UPDATE""";

    private static final String FREE = """
            UPDATE scoring s SET carrier_id = NULL, cause = m.cause,
                fold_due_at = clock_timestamp() + CASE WHEN m.cause IS NULL THEN interval '0' ELSE :delay * interval '1 ms' END
            FROM unnest(:ids, :causes) AS m(id, cause) WHERE s.id = m.id AND s.ended_at IS NULL""";

    /** Of a scoring whose input can't be read now. */
    private static final Duration UNTIL_NEXT_FOLD = Duration.ofSeconds(5);

    private final JdbcClient jdbc;

    MemberMoves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A scoring that shares a job and has not ended. */
    private record Member(
            long id, long carrier, long run, long epoch, Step step, State state, int attempt, int unreadableInputs) {
        int attemptsMade() {
            return attempt - unreadableInputs;
        }
    }

    /** The moves that follow from those of carriers. Those who leave a fold without a move are free after it. */
    List<MoveRow> following(List<Move> made) {
        Map<Long, Move> byCarrier =
                made.stream().collect(Collectors.toMap(move -> move.claim().scoring(), move -> move));
        Long[] carriers = byCarrier.keySet().toArray(Long[]::new);
        jdbc.sql(CLOSE).param("carriers", carriers).update();
        List<MoveRow> rows = new ArrayList<>();
        List<Long> free = new ArrayList<>();
        List<@Nullable String> causes = new ArrayList<>();
        Map<Long, Map<Long, MemberOutcome>> outcomes =
                made.stream().collect(Collectors.toMap(move -> move.claim().scoring(), MemberMoves::outcomes));
        for (Member member : live(carriers)) {
            Move move = Objects.requireNonNull(byCarrier.get(member.carrier));
            MemberOutcome outcome =
                    Objects.requireNonNull(outcomes.get(member.carrier)).get(member.id);
            if (leaves(member, move, outcome)) {
                free.add(member.id);
                causes.add(outcome == null ? null : outcome.cause());
            } else {
                MoveRow row = row(member, move, outcome);
                if (row != null) {
                    rows.add(row);
                }
            }
        }
        free(free, causes);
        return rows;
    }

    private List<Member> live(Long... carriers) {
        return jdbc.sql(LIVE)
                .param("carriers", carriers)
                .query((row, n) -> new Member(
                        row.getLong("id"),
                        row.getLong("carrier_id"),
                        row.getLong("run_id"),
                        row.getLong("epoch"),
                        Step.valueOf(row.getString("step")),
                        State.of(row.getString("state")),
                        row.getInt("attempt"),
                        row.getInt("unreadable_inputs")))
                .list();
    }

    private void free(List<Long> ids, List<@Nullable String> causes) {
        if (!ids.isEmpty()) {
            jdbc.sql(FREE)
                    .param("ids", ids.toArray(Long[]::new))
                    .param("causes", causes.toArray(String[]::new))
                    .param("delay", UNTIL_NEXT_FOLD.toMillis())
                    .update();
        }
    }

    private static Map<Long, MemberOutcome> outcomes(Move move) {
        List<MemberOutcome> all = switch (move.fact()) {
            case Fact.Staged(var inputs, var rowsIn, var members) -> members;
            case Fact.Unfolded(var members) -> members;
            default -> List.of();
        };
        return all.stream().collect(Collectors.toMap(MemberOutcome::scoring, Function.identity()));
    }

    /** Nothing was staged for it, and the carrier takes no more. */
    private static boolean leaves(Member member, Move move, @Nullable MemberOutcome outcome) {
        boolean over = move.to().state().ended() || move.to().step() != Step.PLANNED;
        return member.step == Step.PLANNED && over && (outcome == null || outcome.leaves());
    }

    private static @Nullable MoveRow row(Member member, Move move, @Nullable MemberOutcome outcome) {
        Claim carrier = move.claim();
        return switch (move.fact()) {
            case Fact.Staged _, Fact.Unfolded _ -> outcome(member, carrier, outcome);
            case Fact.Started(var job)
            when member.step == Step.STAGED -> {
                String id = job == null ? carrier.jobId() : job.jobId();
                String cause = "in job %s, which run %d shares among scorings".formatted(id, carrier.run());
                yield waiting(
                        member, carrier, Step.STARTED, State.NOT_STARTED, cause, AttemptFacts.shared("started", null));
            }
            case Fact.Running()
            when member.step == Step.STARTED ->
                waiting(
                        member,
                        carrier,
                        Step.STARTED,
                        State.RUNNING,
                        null,
                        AttemptFacts.shared("running", State.RUNNING));
            case Fact.InputUnreadable(var attention)
            when member.step != Step.PLANNED -> unreadable(member, carrier, move.cause());
            case Fact.Ended(var state, var outputs) -> unanswered(member, move);
            default -> null;
        };
    }

    private static @Nullable MoveRow outcome(Member member, Claim carrier, @Nullable MemberOutcome outcome) {
        if (outcome == null || outcome.leaves()) {
            return null;
        }
        if (outcome.staged() != null) {
            String input = carrier.inputs().keySet().iterator().next();
            return waiting(
                    member,
                    carrier,
                    Step.STAGED,
                    State.NOT_STARTED,
                    "shares the job of run " + carrier.run(),
                    AttemptFacts.staged(
                            Map.of(input, outcome.staged()),
                            outcome.staged().rows(),
                            carrier.scoring(),
                            carrier.attempt()));
        }
        if (outcome.part() != null) {
            return row(
                    member,
                    carrier,
                    Step.SCORED,
                    State.RUNNING,
                    null,
                    false,
                    null,
                    AttemptFacts.answered(outcome.part()));
        }
        String cause = Objects.requireNonNull(outcome.cause());
        return member.step == Step.PLANNED ? ended(member, carrier, cause) : again(member, carrier, cause);
    }

    /** The job ended without an answer. One that was not accepted would not be so the next time. */
    private static MoveRow unanswered(Member member, Move move) {
        String cause = "Run %d, whose job it shares: %s".formatted(move.claim().run(), move.cause());
        boolean refused = move.to().state() == State.FAILED && member.step == Step.STAGED;
        return refused ? ended(member, move.claim(), cause) : again(member, move.claim(), cause);
    }

    private static MoveRow ended(Member member, Claim carrier, String cause) {
        return row(
                member,
                carrier,
                member.step,
                State.FAILED,
                cause,
                false,
                null,
                AttemptFacts.shared("ended", State.FAILED));
    }

    private static MoveRow again(Member member, Claim carrier, String cause) {
        Attempts attempts = carrier.definition().attempts();
        if (member.attemptsMade() >= attempts.max()) {
            return ended(member, carrier, cause);
        }
        Duration backoff = attempts.backoff().multipliedBy(1L << Math.min(member.attemptsMade() - 1, MAX_DOUBLINGS));
        Duration due = backoff.compareTo(MAX_BACKOFF) < 0 ? backoff : MAX_BACKOFF;
        return row(
                member,
                carrier,
                Step.PLANNED,
                State.NOT_STARTED,
                cause,
                false,
                due.toMillis(),
                AttemptFacts.shared("ended", State.FAILED));
    }

    /** The next attempt shares the next job of the same carrier. */
    private static MoveRow unreadable(Member member, Claim carrier, @Nullable String cause) {
        return row(
                member,
                carrier,
                Step.PLANNED,
                State.NOT_STARTED,
                cause,
                true,
                null,
                AttemptFacts.shared("ended", State.FAILED));
    }

    private static MoveRow waiting(
            Member member, Claim carrier, Step step, State state, @Nullable String cause, AttemptFacts facts) {
        return row(member, carrier, step, state, cause, false, null, facts);
    }

    /** @param foldDueMs when it may join another fold; null if it joins none */
    private static MoveRow row(
            Member member,
            Claim carrier,
            Step step,
            State state,
            @Nullable String cause,
            boolean unreadable,
            @Nullable Long foldDueMs,
            AttemptFacts facts) {
        if (!new ScoringState(member.step, member.state).mayFollowTo(new ScoringState(step, state))) {
            throw new IllegalStateException("Scoring %d may not follow from %s/%s to %s/%s"
                    .formatted(member.id, member.step, member.state.word(), step, state.word()));
        }
        boolean next = step == Step.PLANNED && !state.ended();
        return new MoveRow(
                member.run,
                carrier.definition().name(),
                member.id,
                member.epoch,
                member.step,
                member.state,
                member.attempt,
                null,
                step,
                state,
                next ? member.attempt + 1 : member.attempt,
                null,
                0,
                state.ended(),
                false,
                null,
                false,
                unreadable,
                cause,
                null,
                step != Step.SCORED && !state.ended(),
                foldDueMs,
                foldDueMs != null,
                facts);
    }
}
