package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.model.VirtualRemote.mean;
import static dev.bes.orchestrator.pipeline.model.VirtualRemote.median;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.model.VirtualRemote;
import dev.bes.orchestrator.pipeline.model.VirtualRemote.Job;
import dev.bes.orchestrator.pipeline.track.PollBounds;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of ADR 0019: what polls cost, and how late an end is noticed, in a virtual time. */
class PaceSimulationTests {
    private static final Logger LOG = LoggerFactory.getLogger(PaceSimulationTests.class);
    private static final int SETS = 100;
    private static final int LEARNING = 10;
    private static final int PLENTY = 1000;

    private VirtualRemote remote;

    @BeforeEach
    void start() {
        remote = remote(19);
    }

    private static VirtualRemote remote(long seed) {
        return new VirtualRemote(new PollBounds(StepFixture.settings(Path.of("delivered"))), seed);
    }

    /** Sets of eight jobs, after some to learn from. */
    private List<Job> learned(String name, DoubleSupplier runTime) {
        remote.sets(LEARNING, 8, PLENTY, set -> runTime.getAsDouble());
        return told(name, remote.sets(SETS, 8, PLENTY, set -> runTime.getAsDouble()));
    }

    private static List<Job> told(String name, List<Job> jobs) {
        LOG.info(
                "{}: {} calls, every second {}; lag median {} s",
                name,
                mean(jobs, j -> j.calls),
                mean(jobs, VirtualRemote::everySecond),
                median(jobs, j -> j.lag));
        return jobs;
    }

    private static void keepsTheGoal(List<Job> jobs) {
        assertThat(mean(jobs, j -> j.calls)).as("calls").isLessThanOrEqualTo(8);
        assertThat(median(jobs, j -> j.lag)).as("lag").isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsTheGoalForJobsOfAMinute(long seed) {
        remote = remote(seed);
        List<Job> jobs = learned("60 s, 10 % deviation", () -> remote.normal(60, 6));

        keepsTheGoal(jobs);
        assertThat(mean(jobs, VirtualRemote::everySecond)).isBetween(60.0, 65.0);
    }

    @Test
    void keepsTheGoalForJobsOfExactlyAMinute() {
        keepsTheGoal(learned("60 s, always", () -> 60));
    }

    @Test
    void keepsTheGoalForJobsOfAboutAMinute() {
        keepsTheGoal(learned("54 to 66 s", () -> remote.uniform(54, 66)));
    }

    @Test
    void looksOnceAtJobsThatEndAtOnce() {
        List<Job> jobs = learned("0 s", () -> 0);

        assertThat(mean(jobs, j -> j.calls)).isLessThan(3.6);
        assertThat(median(jobs, j -> j.lag)).as("sooner than poll-min").isLessThan(0.6);
    }

    @Test
    void looksTwiceAtJobsOfASecond() {
        List<Job> jobs = learned("1 s", () -> remote.normal(1, 0.1));

        assertThat(mean(jobs, j -> j.calls)).isLessThan(4.5);
        assertThat(median(jobs, j -> j.lag)).isLessThan(1.3);
    }

    @Test
    void looksAtLongJobsOnceAMinuteAndThenInTime() {
        List<Job> jobs = learned("10 min, 10 % deviation", () -> remote.normal(600, 60));

        assertThat(mean(jobs, j -> j.calls)).isLessThan(18);
        assertThat(median(jobs, j -> j.lag)).isLessThan(600 * 0.03);
    }

    @Test
    @DisplayName("skips the gap between short jobs and long ones")
    void skipsTheGap() {
        List<Job> jobs = learned(
                "5 or 120 s", () -> remote.uniform(0, 1) < 0.5 ? remote.normal(5, 0.5) : remote.normal(120, 10));

        assertThat(mean(jobs, j -> j.calls)).isLessThan(9);
        assertThat(median(jobs.stream().filter(j -> j.ends < 60).toList(), j -> j.lag))
                .as("short ones")
                .isLessThan(3);
        assertThat(median(jobs.stream().filter(j -> j.ends > 60).toList(), j -> j.lag))
                .as("long ones")
                .isLessThan(5);
    }

    @Test
    void followsARemoteThatBecomesFasterAndSlowerAgain() {
        remote.sets(LEARNING, 8, PLENTY, set -> remote.normal(60, 6));
        List<Job> faster =
                told("from 60 to 20 s, the first 64", remote.sets(8, 8, PLENTY, set -> remote.normal(20, 2)));
        List<Job> fast = told("20 s, the next", remote.sets(10, 8, PLENTY, set -> remote.normal(20, 2)));
        List<Job> slower =
                told("from 20 to 60 s, the first 64", remote.sets(8, 8, PLENTY, set -> remote.normal(60, 6)));
        List<Job> slow = told("60 s, the next", remote.sets(10, 8, PLENTY, set -> remote.normal(60, 6)));

        assertThat(median(faster.subList(32, 64), j -> j.lag))
                .as("after 32 jobs")
                .isLessThan(3);
        keepsTheGoal(fast);
        assertThat(mean(slower, j -> j.calls)).as("polls that came too soon").isLessThan(20);
        keepsTheGoal(slow);
    }

    @Test
    void keepsQueuesApartFromWork() {
        remote.sets(4, 200, 40, set -> remote.normal(60, 3));
        List<Job> jobs = told("200 jobs of 60 s at 40 places", remote.sets(20, 200, 40, set -> remote.normal(60, 3)));

        assertThat(mean(jobs, j -> j.calls)).isLessThan(15);
        assertThat(mean(jobs, VirtualRemote::everySecond)).isGreaterThan(150);
        assertThat(median(jobs, j -> j.lag)).isLessThan(6);
    }

    @Test
    void learnsFromTheFirstJobs() {
        List<Job> first = told("60 s, the first eight", remote.sets(1, 8, PLENTY, set -> remote.normal(60, 6)));
        List<Job> next = told("60 s, the next 64", remote.sets(8, 8, PLENTY, set -> remote.normal(60, 6)));

        assertThat(mean(first, j -> j.calls)).isLessThan(25);
        assertThat(mean(next, j -> j.calls)).isLessThan(10);
    }
}
