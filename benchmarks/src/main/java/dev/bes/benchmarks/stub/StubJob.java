package dev.bes.benchmarks.stub;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One remote job. */
final class StubJob {

    private final String input;
    private final String output;
    private final Duration time;
    private int starts;
    private @Nullable Instant started;
    private @Nullable Instant polled;
    private @Nullable Duration noticedAfter;

    /** @param time how long it takes */
    StubJob(String input, String output, Duration time) {
        this.input = input;
        this.output = output;
        this.time = time;
    }

    String input() {
        return input;
    }

    String output() {
        return output;
    }

    synchronized void start(Instant now) {
        starts++;
        if (started == null) {
            started = now;
        }
    }

    /** Its status, in the words of the service. */
    synchronized String status(Instant now) {
        polled = now;
        if (started == null) {
            return "NotStarted";
        }
        Instant end = started.plus(time);
        if (now.isBefore(end)) {
            return "Running";
        }
        if (noticedAfter == null) {
            noticedAfter = Duration.between(end, now);
        }
        return "Finished";
    }

    synchronized int starts() {
        return starts;
    }

    /** When it was first started. */
    synchronized @Nullable Instant started() {
        return started;
    }

    /** The time from its end to the first poll after it. */
    synchronized @Nullable Duration noticedAfter() {
        return noticedAfter;
    }

    synchronized boolean wasPolledSince(Instant time) {
        return polled != null && !polled.isBefore(time);
    }
}
