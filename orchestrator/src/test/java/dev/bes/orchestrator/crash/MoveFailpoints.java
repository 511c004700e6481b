package dev.bes.orchestrator.crash;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/** The moments of a node's work on rows and files, by their names. */
final class MoveFailpoints {
    private final CallFailpoints callFailpoints;

    MoveFailpoints(CallFailpoints callFailpoints) {
        this.callFailpoints = callFailpoints;
    }

    @Nullable
    Object claims(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "claim" -> claimed((Sweep) call.getArguments()[0], call.proceed());
            case "defer" -> isNothing(call) ? call.proceed() : callFailpoints.call("track", "the wait", call);
            default -> call.proceed();
        };
    }

    /** A node has no room for what was dropped: that is let go of, and collected by another claim. */
    @Nullable
    Object relay(MethodInvocation call) throws Throwable {
        boolean dropped = call.getMethod().getName().equals("tryHandOver")
                && ((Collection<?>) call.getArguments()[0])
                        .stream()
                                .anyMatch(claim ->
                                        ((Claim) claim).definition().name().equals("drop"));
        return dropped ? false : call.proceed();
    }

    private @Nullable Object claimed(Sweep sweep, @Nullable Object claims) {
        if (claims instanceof Collection<?> set && !set.isEmpty()) {
            callFailpoints.pass(sweep.name().toLowerCase(Locale.ROOT) + ": after the claim");
        }
        return claims;
    }

    @Nullable
    Object intents(MethodInvocation call) throws Throwable {
        boolean writes = call.getMethod().getName().equals("open") && !isNothing(call);
        return writes ? callFailpoints.call("launch", "the intent", call) : call.proceed();
    }

    @Nullable
    Object moves(MethodInvocation call) throws Throwable {
        if (isNothing(call)) {
            return call.proceed();
        }
        Move move = (Move) ((Collection<?>) call.getArguments()[0]).iterator().next();
        return callFailpoints.write(
                whose(move), isMark(move) ? "the mark to stop" : "the move to " + place(move), call);
    }

    private static boolean isMark(Move move) {
        return move.stopReason() != null && !move.to().state().ended();
    }

    private static String whose(Move move) {
        if (move.stopReason() != null || move.to().state() == State.CANCELLED) {
            return "cancel";
        }
        return switch (move.to().step()) {
            case PLANNED, STAGED, SUBMITTED -> "launch";
            case STARTED -> move.to().state() == State.RUNNING ? "track" : "launch";
            case SCORED -> "track";
            case DELIVERED -> "collect";
        };
    }

    private static String place(Move move) {
        State state = move.to().state();
        boolean tells = state == State.NOT_STARTED || state == State.FINISHED;
        return tells ? move.to().step().name() : move.to().step() + " and " + state.word();
    }

    @Nullable
    Object runs(MethodInvocation call) throws Throwable {
        Object first = call.getArguments()[0];
        NewRun run = (NewRun) (first instanceof List<?> set ? set.getFirst() : first);
        return callFailpoints.write(run.backfill() == null ? run.trigger().word() : "backfill", "the run", call);
    }

    /** A caller's request by SQL is taken, its run is accepted, and then the request is decided. */
    @Nullable
    Object sqlRequests(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "take" -> taken("sql", call.proceed());
            case "accepted" -> callFailpoints.call("sql", "the decision", call);
            default -> call.proceed();
        };
    }

    @Nullable
    Object backfillItems(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "take" -> taken("backfill", call.proceed());
            case "settle" -> callFailpoints.call("backfill", "the record", call);
            default -> call.proceed();
        };
    }

    @Nullable
    Object callbackRows(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "take" -> taken("callback", call.proceed());
            case "delivered" -> callFailpoints.call("callback", "the record", call);
            default -> call.proceed();
        };
    }

    private @Nullable Object taken(String who, @Nullable Object rows) {
        if (rows instanceof Collection<?> some && !some.isEmpty()) {
            callFailpoints.pass(who + ": after the take");
        }
        return rows;
    }

    @Nullable
    Object blobTaker(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("take")
                ? callFailpoints.write("blobs", "the run of a blob", call)
                : call.proceed();
    }

    /** A decision is committed by the caller: a death after that is one before the run. */
    @Nullable
    Object fires(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("add")
                ? callFailpoints.call("schedule", "the decision", call)
                : call.proceed();
    }

    @Nullable
    Object cancellation(MethodInvocation call) throws Throwable {
        return callFailpoints.write("cancel", "the wish", call);
    }

    @Nullable
    Object transactions(MethodInvocation call) throws Throwable {
        if (call.getMethod().getName().equals("commit")
                && ((TransactionStatus) call.getArguments()[0]).isNewTransaction()) {
            callFailpoints.committing();
        }
        return call.proceed();
    }

    @Nullable
    Object requestFiles(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("keep")
                ? callFailpoints.call("request", "its files are kept", call)
                : call.proceed();
    }

    @Nullable
    Object droppedFiles(MethodInvocation call) throws Throwable {
        return call.getMethod().getName().equals("record") && !isNothing(call)
                ? callFailpoints.write("files", "the record of a file taken", call)
                : call.proceed();
    }

    @Nullable
    Object statements(MethodInvocation call) throws Throwable {
        if (call.getMethod().getName().equals("sql")) {
            String sql = String.valueOf(call.getArguments()[0]);
            if (sql.startsWith("UPDATE dropped_file d SET moved_at")) {
                callFailpoints.pass("files: put away, not noted yet");
            } else if (sql.startsWith("UPDATE dropped_file d SET location = s.location")) {
                callFailpoints.pass("blobs: put away, not noted yet");
            } else if (sql.contains("SET location = 'taking'")) {
                callFailpoints.pass("files: not announced yet");
            } else if (sql.contains("INSERT INTO batch_job_instance")) {
                callFailpoints.pass("batch: executions not written yet");
            }
        }
        return call.proceed();
    }

    private static boolean isNothing(MethodInvocation call) {
        return ((Collection<?>) call.getArguments()[0]).isEmpty();
    }
}
