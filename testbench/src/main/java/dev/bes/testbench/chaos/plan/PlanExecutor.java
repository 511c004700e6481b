package dev.bes.testbench.chaos.plan;

import dev.bes.testbench.chaos.fault.FaultInjector;
import dev.bes.testbench.chaos.load.LoadDriver;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedAction;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Carries out a plan, everything at its time. */
public record PlanExecutor(LoadDriver load, FaultInjector faults) {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    /**
     * Returns after the given time, when every action is done and every fault undone.
     *
     * @param progress runs every 10 seconds
     */
    public void execute(ExperimentPlan plan, Duration length, Runnable progress) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (PlannedAction planned : plan.actions()) {
                after(planned.at(), threads).execute(() -> load.perform(planned.action()));
            }
            for (PlannedFault planned : plan.faults()) {
                after(planned.at(), threads).execute(() -> faults.inject(planned.fault(), planned.duration()));
            }
            for (Duration at = PROGRESS_INTERVAL; at.compareTo(length) < 0; at = at.plus(PROGRESS_INTERVAL)) {
                after(at, threads).execute(progress);
            }
            after(length, threads).execute(over::countDown);
            over.await();
            load.end();
            faults.end();
        }
    }

    private static Executor after(Duration time, Executor threads) {
        return CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, threads);
    }
}
