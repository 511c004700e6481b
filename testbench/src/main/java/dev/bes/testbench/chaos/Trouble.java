package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Mischief.Undo;
import dev.bes.testbench.chaos.Plan.Planned;
import dev.bes.testbench.checker.DriverEntry;
import dev.bes.testbench.checker.DriverJournal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does mischief and takes it back, and writes down when each began and ended. */
final class Trouble {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    private final Stage stage;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final Tally tally;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, String> now = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    Trouble(Stage stage, DriverJournal journal, InstantSource clock, Tally tally) {
        this.stage = stage;
        this.journal = journal;
        this.clock = clock;
        this.tally = tally;
    }

    /** Does a mischief for its time, and returns when it is taken back. */
    void perform(Planned planned) {
        Mischief mischief = planned.what();
        if (!mischief.isPossible(stage)) {
            tally.count("left out: " + mischief.name());
        } else if (take(mischief)) {
            try {
                perform(mischief, planned.lasts().toMillis());
            } finally {
                give(mischief);
            }
        }
    }

    /** Lets everything be taken back now. */
    void end() {
        over.countDown();
    }

    /** What is wrong now, in words. */
    synchronized Set<String> now() {
        return new TreeSet<>(now.values());
    }

    private void perform(Mischief mischief, long millis) {
        String id = "f" + ids.incrementAndGet();
        journal.append(new DriverEntry.FaultBegun(clock.instant(), id, mischief.fault(), mischief.target()));
        try {
            Undo undo = mischief.begin(stage);
            tally.count(mischief.name());
            over.await(millis, TimeUnit.MILLISECONDS);
            undo.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            tally.count("went wrong: " + mischief.name());
            log.info("{} of {}: {}", mischief.name(), mischief.target(), e.toString());
        }
        journal.append(new DriverEntry.FaultEnded(clock.instant(), id));
    }

    /** A part that is still recovering from the last mischief is left alone. */
    private synchronized boolean take(Mischief mischief) {
        return now.putIfAbsent(mischief.target(), mischief.target() + " " + mischief.name()) == null;
    }

    private synchronized void give(Mischief mischief) {
        now.remove(mischief.target());
    }
}
