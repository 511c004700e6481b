package dev.bes.orchestrator.web.events;

import dev.bes.orchestrator.run.query.JournalFollower.Entry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.guard.WebSettings;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Lets requests wait for the end of a run. Who waits holds no thread and no connection to the database. */
@Component
public final class EndedRuns {
    private final JournalFeed feed;
    private final RunReader reader;
    private final Semaphore free;

    EndedRuns(JournalFeed feed, RunReader reader, WebSettings settings) {
        this.feed = feed;
        this.reader = reader;
        this.free = new Semaphore(settings.maxStreams());
    }

    /**
     * An answer when the run has ended, or when the time is over. If too many wait already, it answers at once.
     *
     * @param seconds how long to wait
     * @param answer makes the answer from the run as it is then
     */
    public <T> DeferredResult<T> await(long run, int seconds, Function<RunView, T> answer) {
        DeferredResult<T> result = new DeferredResult<>(seconds * 1000L);
        boolean waits = free.tryAcquire();
        Runnable answering = () -> {
            try {
                result.setResult(answer.apply(reader.find(run).orElseThrow()));
            } catch (RuntimeException e) {
                result.setErrorResult(e);
            }
        };
        Waiting waiting = new Waiting(run, answering);
        // on this thread: a result that is set after the callback comes too late
        result.onTimeout(answering);
        result.onCompletion(() -> {
            feed.remove(waiting);
            if (waits) {
                free.release();
            }
        });
        if (waits) {
            feed.add(waiting);
        } else {
            waiting.ended();
        }
        return result;
    }

    private final class Waiting implements JournalFeed.Listener {
        private final long run;
        private final Runnable end;
        private final AtomicBoolean over = new AtomicBoolean();

        Waiting(long run, Runnable end) {
            this.run = run;
            this.end = end;
        }

        /** It may have ended before. */
        @Override
        public void joined(long position) {
            Thread.startVirtualThread(() -> {
                if (reader.find(run).map(found -> found.state().ended()).orElse(true)) {
                    ended();
                }
            });
        }

        @Override
        public void entry(Entry entry, String definition) {
            if (entry.run() == run
                    && entry.move().scoring() == null
                    && entry.move().to().ended()) {
                ended();
            }
        }

        @Override
        public void ended() {
            if (over.compareAndSet(false, true)) {
                Thread.startVirtualThread(end);
            }
        }
    }
}
