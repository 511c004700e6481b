package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.InterceptionPoints;
import dev.bes.orchestrator.pipeline.model.Event.Interruption;
import dev.bes.orchestrator.pipeline.model.Event.Mishap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A piece of a node's work that may fall asleep, die or lose a commit at any of its moments. It runs only while somebody
 * waits for it, so that of all fibers of a sequence one runs at a time.
 */
final class Fiber {
    private static final int STUCK_AFTER_SECONDS = 60;

    final String name;
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore pause = new Semaphore(0);
    private final Thread thread;
    private SeededRandom seededRandom = SeededRandom.quiet();
    private Interruption next = Interruption.NONE;
    private int moments;
    private boolean dead;
    private boolean asleep;
    private @Nullable Throwable failure;

    Fiber(String name, Runnable work) {
        this.name = name;
        this.thread = Thread.ofVirtual().unstarted(() -> {
            try {
                turn.acquireUninterruptibly();
                work.run();
            } catch (InterceptionPoints.Crash | DataAccessException e) {
                dead = true;
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                pause.release();
            }
        });
        thread.start();
    }

    /** Goes on until it ends or falls asleep. */
    void go(Interruption interruption, SeededRandom chances) {
        next = interruption;
        seededRandom = chances;
        moments = 0;
        asleep = false;
        turn.release();
        try {
            if (!pause.tryAcquire(STUCK_AFTER_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The work of this fiber has come to this moment. */
    void pass(String moment) {
        if (dead) {
            throw new InterceptionPoints.Crash();
        }
        // before a commit it holds locks that the database would take from it if it died, not while it sleeps
        boolean committing = moment.endsWith("commit");
        if (moments++ < next.moment() || (moment.equals("before commit") && next.mishap() == Mishap.SLEEPS)) {
            return;
        }
        switch (next.mishap()) {
            case NOTHING -> {}
            case DIES -> die();
            case SLEEPS -> sleep();
            case LOSES_A_COMMIT -> {
                if (committing) {
                    next = Interruption.NONE;
                    throw new DataAccessResourceFailureException("The connection was lost " + moment);
                }
            }
        }
    }

    private void die() {
        dead = true;
        throw new InterceptionPoints.Crash();
    }

    private void sleep() {
        asleep = true;
        pause.release();
        turn.acquireUninterruptibly();
        if (dead) {
            throw new InterceptionPoints.Crash();
        }
    }

    /** Dies in its sleep. */
    void kill() {
        dead = true;
        go(Interruption.NONE, SeededRandom.quiet());
    }

    SeededRandom dice() {
        return seededRandom;
    }

    boolean dead() {
        return dead;
    }

    boolean asleep() {
        return asleep;
    }

    /** What went wrong that must not, if anything did. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
