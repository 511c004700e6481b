package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Remote jobs that end when their time is over, and a journal of every start. */
final class StubJobs {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, StubJob> jobs = new ConcurrentHashMap<>();
    private final AtomicLong submitted = new AtomicLong();
    private final StubBlobs blobs;
    private final CallCounts counts;
    private final InstantSource clock;
    private final JobDuration time;

    StubJobs(StubBlobs blobs, CallCounts counts, InstantSource clock, JobDuration time) {
        this.blobs = blobs;
        this.counts = counts;
        this.clock = clock;
        this.time = time;
    }

    /** Answers a call whose path begins with {@code /jobs}. */
    Reply handle(Request request) {
        String[] path = request.path().split("/", -1);
        if (path.length == 2) {
            return submit(JSON.readTree(request.body()));
        }
        StubJob job = jobs.get(path[2]);
        if (job == null) {
            return Reply.json(404, """
                    {"error": {"code": "NotFound", "message": "There is no such job."}}""");
        }
        if (path.length == 4) {
            return start(job);
        }
        return request.method().equals("GET") ? status(job) : cancel();
    }

    StubJournal journal() {
        long starts = 0;
        long twice = 0;
        List<Long> noticed = new ArrayList<>();
        for (StubJob job : jobs.values()) {
            starts += job.starts();
            twice += job.starts() > 1 ? 1 : 0;
            @Nullable Duration after = job.noticedAfter();
            if (after != null) {
                noticed.add(after.toMillis());
            }
        }
        return new StubJournal(jobs.size(), starts, twice, counts.all(), noticed);
    }

    /** When each job was first started, in microseconds since 1970, by the path of its input. */
    Map<String, Long> starts() {
        Map<String, Long> starts = new HashMap<>();
        for (StubJob job : jobs.values()) {
            @Nullable Instant started = job.started();
            if (started != null) {
                starts.put(job.input(), ChronoUnit.MICROS.between(Instant.EPOCH, started));
            }
        }
        return starts;
    }

    long polledSince(Instant time) {
        return jobs.values().stream().filter(job -> job.wasPolledSince(time)).count();
    }

    /** Runs a job that one call creates and starts. */
    void run(String id, String input, String output) {
        StubJob job = new StubJob(input, output, time.of(submitted.getAndIncrement()));
        StubJob same = jobs.putIfAbsent(id, job);
        StubJob started = same == null ? job : same;
        if (started.input().endsWith("/")) {
            blobs.append(started.input(), started.output());
        } else {
            blobs.copy(started.input(), started.output());
        }
        started.start(clock.instant());
    }

    /** One of two words for the state of a started job; empty if there is none. */
    Optional<String> state(String id, String running, String finished) {
        return Optional.ofNullable(jobs.get(id))
                .map(job -> job.status(clock.instant()).equals("Finished") ? finished : running);
    }

    void clear() {
        jobs.clear();
    }

    private Reply submit(JsonNode body) {
        counts.add("submit");
        String id = UUID.randomUUID().toString().replace("-", "");
        Duration takes = time.of(submitted.getAndIncrement());
        jobs.put(id, new StubJob(location(body.path("Inputs")), location(body.path("Outputs")), takes));
        return Reply.json(200, "\"" + id + "\"");
    }

    private static String location(JsonNode blobs) {
        return blobs.values().iterator().next().path("RelativeLocation").asString();
    }

    private Reply start(StubJob job) {
        counts.add("start");
        blobs.copy(job.input(), job.output());
        job.start(clock.instant());
        return Reply.noContent();
    }

    private Reply status(StubJob job) {
        counts.add("status");
        return Reply.json(
                200,
                "{\"StatusCode\": \"%s\", \"Results\": null, \"Details\": null}"
                        .formatted(job.status(clock.instant())));
    }

    private Reply cancel() {
        counts.add("cancel");
        return Reply.noContent();
    }
}
