package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.chaos.fault.ChaosFault.Undo;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Injects faults, undoes them, and records when each began and ended. */
public final class FaultInjector {

    private static final Logger log = LoggerFactory.getLogger(FaultInjector.class);

    private final TestEnvironment environment;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, String> active = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** @param journal where each fault is recorded */
    public FaultInjector(TestEnvironment environment, DriverJournal journal, InstantSource clock) {
        this.environment = environment;
        this.journal = journal;
        this.clock = clock;
    }

    /** Injects a fault for some time; returns when it is undone. */
    public void inject(ChaosFault fault, Duration duration) {
        if (!fault.isPossible(environment)) {
            count("left out: " + fault.name());
        } else if (reserve(fault)) {
            try {
                injectNow(fault, duration);
            } finally {
                release(fault);
            }
        }
    }

    /** Undoes all active faults now. */
    public void end() {
        over.countDown();
    }

    /** The active faults, by target and name. */
    public synchronized Set<String> active() {
        return new TreeSet<>(active.values());
    }

    /** How often each fault was injected, by name. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    private void injectNow(ChaosFault fault, Duration duration) {
        String id = "f" + ids.incrementAndGet();
        journal.append(new DriverEntry.FaultBegun(clock.instant(), id, fault.kind(), fault.target()));
        try {
            Undo undo = fault.begin(environment);
            count(fault.name());
            over.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            undo.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            count("failed: " + fault.name());
            log.info("{} of {}: {}", fault.name(), fault.target(), e.toString());
        }
        journal.append(new DriverEntry.FaultEnded(clock.instant(), id));
    }

    private void count(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    /** Refuses a target that still recovers from its last fault. */
    private synchronized boolean reserve(ChaosFault fault) {
        return active.putIfAbsent(fault.target(), fault.target() + " " + fault.name()) == null;
    }

    private synchronized void release(ChaosFault fault) {
        active.remove(fault.target());
    }
}
