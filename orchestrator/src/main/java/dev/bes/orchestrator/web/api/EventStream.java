package dev.bes.orchestrator.web.api;

import dev.bes.api.run.RunEventJson;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.query.JournalFollower.Entry;
import dev.bes.orchestrator.run.query.JournalReader;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.events.JournalFeed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One stream of events, on a thread of its own: first what its caller has missed, then what comes. It ends after some minutes,
 * or when its caller reads too slowly; the caller connects again with the last id that he has. It also ends as soon as the
 * caller may no longer do what he could when it began.
 * Source: HTML Standard, server-sent events.
 */
final class EventStream implements JournalFeed.Listener, Runnable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final long MOST_MISSED = 100_000;
    private static final int BATCH = 500;
    private static final int QUEUE = 2_000;
    private static final long RETRY_MILLIS = 2_000;

    private final SseEmitter emitter = new SseEmitter(0L);
    private final BlockingQueue<RunEventJson> queue = new ArrayBlockingQueue<>(QUEUE);
    private final JournalReader journal;
    private final RunReader reader;
    private final DefinitionScope scope;
    private final BooleanSupplier allowed;
    private final @Nullable Long run;
    private final @Nullable Long after;
    private final long begin = System.nanoTime();
    private volatile long joinedAt = -1;
    private volatile boolean closed;
    private long checked = System.nanoTime();

    /**
     * A stream that has not begun.
     *
     * @param scope the definitions that its caller may see
     * @param allowed whether its caller still may; is asked every two seconds
     * @param run the run whose events it brings, until its end; null for all runs
     * @param after the last id that its caller has; null for none
     */
    EventStream(
            JournalReader journal,
            RunReader reader,
            DefinitionScope scope,
            BooleanSupplier allowed,
            @Nullable Long run,
            @Nullable Long after) {
        this.journal = journal;
        this.reader = reader;
        this.scope = scope;
        this.allowed = allowed;
        this.run = run;
        this.after = after;
        emitter.onCompletion(() -> closed = true);
        emitter.onError(e -> closed = true);
    }

    SseEmitter emitter() {
        return emitter;
    }

    @Override
    public void joined(long position) {
        joinedAt = position;
    }

    @Override
    public void entry(Entry entry, String definition) {
        if ((run == null || run == entry.run())
                && scope.includes(definition)
                && !queue.offer(new RunEventJson(entry.run(), definition, RunMapper.json(entry.move())))) {
            closed = true;
        }
    }

    @Override
    public void ended() {
        closed = true;
    }

    @Override
    public void run() {
        try {
            emitter.send(SseEmitter.event().reconnectTime(RETRY_MILLIS).comment("follows the journal"));
            boolean over = missed() || live();
            if (over) {
                emitter.send(SseEmitter.event().comment("the run has ended"));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // the caller has gone
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            // most likely the database; the caller connects again
            emitter.complete();
        }
    }

    /** Sends what the caller has missed; returns whether its run has ended. */
    private boolean missed() throws IOException, InterruptedException {
        while (joinedAt < 0 && !isOver()) {
            queue.poll(1, TimeUnit.MILLISECONDS);
        }
        long to = joinedAt;
        long from = Math.min(to, after != null ? after : run != null ? 0 : to);
        if (run == null && to - from > MOST_MISSED) {
            emitter.send(SseEmitter.event().id(Long.toString(to)).name("gap").data(Map.of("after", from, "to", to)));
            return false;
        }
        while (from < to && !isOver()) {
            List<Entry> entries = journal.between(run, from, to, BATCH);
            Map<Long, String> definitions =
                    reader.definitions(entries.stream().map(Entry::run).collect(Collectors.toSet()));
            for (Entry entry : entries) {
                String definition = definitions.get(entry.run());
                if (definition != null
                        && scope.includes(definition)
                        && send(new RunEventJson(entry.run(), definition, RunMapper.json(entry.move())))) {
                    return true;
                }
            }
            from = entries.size() < BATCH ? to : entries.getLast().move().id();
        }
        return false;
    }

    /** Sends what comes; returns whether its run has ended. */
    private boolean live() throws IOException, InterruptedException {
        long quiet = System.nanoTime();
        while (!isOver()) {
            RunEventJson event = queue.poll(200, TimeUnit.MILLISECONDS);
            if (event != null) {
                quiet = System.nanoTime();
                if (send(event)) {
                    return true;
                }
            } else if (System.nanoTime() - quiet > HEARTBEAT.toNanos()) {
                quiet = System.nanoTime();
                emitter.send(SseEmitter.event().comment("still there"));
            }
        }
        return false;
    }

    private boolean isOver() {
        long now = System.nanoTime();
        if (now - checked > CHECK.toNanos()) {
            checked = now;
            closed = closed || !allowed.getAsBoolean();
        }
        return closed || now - begin > LONGEST.toNanos();
    }

    private boolean send(RunEventJson event) throws IOException {
        emitter.send(SseEmitter.event()
                .id(Long.toString(event.entry().id()))
                .name("move")
                .data(event));
        return run != null
                && event.entry().scoring() == null
                && event.entry().to().ended();
    }
}
