package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.track.LearnedInterval;
import dev.bes.orchestrator.pipeline.track.PollBounds;
import dev.bes.orchestrator.run.move.JobDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** An endpoint in time that only a test counts, in seconds: jobs wait for a place, run, and are polled as the policy says. */
public final class VirtualRemote {
    // how often a sweep looks for jobs that are due
    private static final double SWEEP = 0.5;
    private static final int MEMORY = 64;

    private final Random random;
    private final PollBounds pollBounds;
    private final List<JobDuration> ended = new ArrayList<>();

    public VirtualRemote(PollBounds pollBounds, long seed) {
        this.pollBounds = pollBounds;
        this.random = new Random(seed);
    }

    /** A job of the simulation; times in seconds since its start. */
    public static final class Job {
        final double begins;
        public final double ends;
        private @Nullable Double running;
        private double poll;
        public int calls = 2;
        public double lag;

        private Job(double begins, double ends) {
            this.begins = begins;
            this.ends = ends;
        }
    }

    public double normal(double mean, double deviation) {
        return Math.max(0, mean + deviation * random.nextGaussian());
    }

    public double uniform(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** One set after the other: so many jobs are started at once, and polled until all have ended. */
    public List<Job> sets(int sets, int size, int places, DoubleUnaryOperator runTime) {
        List<Job> all = new ArrayList<>();
        for (int set = 0; set < sets; set++) {
            all.addAll(set(set, size, places, runTime));
        }
        return all;
    }

    private List<Job> set(int set, int size, int places, DoubleUnaryOperator runTime) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double begins = free.size() < places ? uniform(0, 0.5) : free.remove();
            double ends = begins + runTime.applyAsDouble(set);
            free.add(ends);
            jobs.add(new Job(begins, ends));
        }
        poll(jobs);
        return jobs;
    }

    /** Polls jobs as they come due; what is learned of one counts for the polls of the others from then on. */
    private void poll(List<Job> jobs) {
        PriorityQueue<Job> due = new PriorityQueue<>(Comparator.comparingDouble(job -> job.poll));
        for (Job job : jobs) {
            job.poll = seconds(pace().first()) + uniform(0, SWEEP);
            due.add(job);
        }
        while (!due.isEmpty()) {
            Job job = due.remove();
            if (stillThere(job)) {
                due.add(job);
            }
        }
    }

    private boolean stillThere(Job job) {
        double age = job.poll;
        job.calls++;
        if (age >= job.ends) {
            job.lag = age - job.ends;
            ended.addFirst(new JobDuration(job.running == null ? null : duration(job.running), duration(age)));
            return false;
        }
        boolean runs = age >= job.begins;
        if (runs && job.running == null) {
            job.running = age;
        }
        job.poll = age + seconds(pace().next(duration(age), runs)) + uniform(0, SWEEP);
        return true;
    }

    private LearnedInterval pace() {
        return new LearnedInterval(ended.subList(0, Math.min(MEMORY, ended.size())), pollBounds);
    }

    /** What the jobs of a simulation cost. */
    public static double mean(List<Job> jobs, ToDoubleFunction<Job> of) {
        return jobs.stream().mapToDouble(of).average().orElseThrow();
    }

    public static double median(List<Job> jobs, ToDoubleFunction<Job> of) {
        return jobs.stream().mapToDouble(of).sorted().toArray()[jobs.size() / 2];
    }

    /** The calls of a loop that asks every second. */
    public static double everySecond(Job job) {
        return 2 + Math.ceil(Math.max(1, job.ends));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
