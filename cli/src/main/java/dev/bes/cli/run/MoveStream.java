package dev.bes.cli.run;

import dev.bes.api.client.ApiException;
import dev.bes.api.client.RunEventListener;
import dev.bes.api.run.RunEventJson;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the moves of runs by server-sent events. When a stream ends or breaks, it connects again with the id of the last move, so
 * that none is missed and none comes twice.
 */
final class MoveStream implements RunEventListener {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Session session;
    private final Duration retryFor;
    private final Consumer<RunEventJson> moves;
    private @Nullable Long last;

    /**
     * A stream that has not begun.
     *
     * @param retryFor how long a service that does not answer is asked again
     * @param moves gets each move
     */
    MoveStream(Session session, Duration retryFor, Consumer<RunEventJson> moves) {
        this.session = session;
        this.retryFor = retryFor;
        this.moves = moves;
    }

    /**
     * Follows a run from its first move to its end, or all runs from now on without an end.
     *
     * @param run the run; null for all runs
     * @throws ApiException if the service refuses, or does not answer for too long
     */
    void follow(@Nullable Long run) {
        long quietSince = System.nanoTime();
        boolean said = false;
        while (true) {
            Long before = last;
            try {
                if (session.client().events(run, last, this)) {
                    return;
                }
                quietSince = System.nanoTime();
                said = false;
            } catch (ApiException e) {
                if (last != null && !last.equals(before)) {
                    quietSince = System.nanoTime();
                    said = false;
                }
                if (!Failures.isPassing(e) || System.nanoTime() - quietSince > retryFor.toNanos()) {
                    throw e;
                }
                if (!said) {
                    session.printer()
                            .note("The service can't be asked (%s); trying again for %s."
                                    .formatted(Failures.reason(e), RunWait.words(retryFor)));
                    said = true;
                }
            }
            session.pause(PAUSE);
        }
    }

    @Override
    public void moved(RunEventJson event) {
        last = event.entry().id();
        moves.accept(event);
    }

    @Override
    public void leftOut(long after, long to) {
        last = to;
        session.printer()
                .warning("More moves were missed than the service brings again: bes runs shows how the runs are");
    }
}
