package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Plan.Planned;
import dev.bes.testbench.chaos.Plan.Timed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Carries out a plan, everything at its time. */
record Performance(Traffic traffic, Trouble trouble) {

    private static final Duration PROGRESS = Duration.ofSeconds(10);

    /**
     * Returns when the time is over, and everything that was begun is done or taken back.
     *
     * @param progress is run every few seconds
     */
    void perform(Plan plan, Duration length, Runnable progress) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Timed<Deed> deed : plan.deeds()) {
                after(deed.at(), hands).execute(() -> traffic.perform(deed.what()));
            }
            for (Planned mischief : plan.mischiefs()) {
                after(mischief.at(), hands).execute(() -> trouble.perform(mischief));
            }
            for (Duration at = PROGRESS; at.compareTo(length) < 0; at = at.plus(PROGRESS)) {
                after(at, hands).execute(progress);
            }
            after(length, hands).execute(over::countDown);
            over.await();
            traffic.end();
            trouble.end();
        }
    }

    private static Executor after(Duration time, Executor hands) {
        return CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, hands);
    }
}
