package dev.bes.orchestrator.web.events;

import dev.bes.orchestrator.run.query.JournalFollower;
import dev.bes.orchestrator.run.query.JournalFollower.Entry;
import dev.bes.orchestrator.run.query.JournalReader;
import dev.bes.orchestrator.run.query.RunReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Follows the journal for all listeners of this node: a look each second, and none while nobody listens. It stops before the
 * web server, so that open streams do not delay the end of the node.
 */
@Component
public final class JournalFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFeed.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofMillis(50);
    private static final int BATCH = 500;

    private final JournalReader journal;
    private final RunReader reader;
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final Set<Listener> joining = new LinkedHashSet<>();
    private final Semaphore wake = new Semaphore(0);
    private @Nullable Thread thread;
    private boolean running;

    JournalFeed(JournalReader journal, RunReader reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /** Gets new entries. Its methods are called one after the other, and must not block. */
    public interface Listener {
        /** Every entry up to this number is visible; those after it will be passed on. */
        void joined(long position);

        /** An entry, once each, in the order of their numbers. */
        void entry(Entry entry, String definition);

        /** The node ends. */
        void ended();
    }

    /** Adds a listener; it joins at the next look. */
    public synchronized void add(Listener listener) {
        if (!running) {
            listener.ended();
            return;
        }
        joining.add(listener);
        if (thread == null) {
            thread = Thread.ofVirtual().name("journal-feed").start(this::follow);
        }
        wake.release();
    }

    /** Removes a listener. */
    public synchronized void remove(Listener listener) {
        listeners.remove(listener);
        joining.remove(listener);
    }

    private void follow() {
        JournalFollower follower = journal.follower(0);
        boolean settled = false;
        while (goesOn()) {
            boolean more = false;
            try {
                settled = settled || follower.skip();
                more = settled && pass(follower);
            } catch (DataAccessException e) {
                LOG.debug("The journal can't be read", e);
            }
            if (!more) {
                pause(settled ? PAUSE : SETTLING);
            }
        }
    }

    private synchronized boolean goesOn() {
        if (running && !(listeners.isEmpty() && joining.isEmpty())) {
            return true;
        }
        thread = null;
        return false;
    }

    private boolean pass(JournalFollower follower) {
        List<Entry> entries = follower.next(BATCH);
        Map<Long, String> definitions = entries.isEmpty()
                ? Map.of()
                : reader.definitions(entries.stream().map(Entry::run).collect(Collectors.toSet()));
        pass(entries, definitions, follower.position());
        return entries.size() == BATCH;
    }

    private synchronized void pass(List<Entry> entries, Map<Long, String> definitions, long position) {
        for (Entry entry : entries) {
            String definition = definitions.get(entry.run());
            if (definition != null) {
                listeners.forEach(listener -> listener.entry(entry, definition));
            }
        }
        joining.forEach(listener -> listener.joined(position));
        listeners.addAll(joining);
        joining.clear();
    }

    /** Somebody who joins, and the end, cut it short. */
    private void pause(Duration time) {
        try {
            if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    @Override
    public void stop() {
        List<Listener> all;
        synchronized (this) {
            running = false;
            all = new ArrayList<>(listeners);
            all.addAll(joining);
            listeners.clear();
            joining.clear();
            wake.release();
        }
        all.forEach(Listener::ended);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
