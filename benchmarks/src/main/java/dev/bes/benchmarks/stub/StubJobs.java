package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Remote jobs that end when their time is over, and a journal of every start. */
final class StubJobs {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final StubBlobs blobs;
    private final Counts counts;
    private final InstantSource clock;
    private final Duration time;

    /** @param time how long a job takes */
    StubJobs(StubBlobs blobs, Counts counts, InstantSource clock, Duration time) {
        this.blobs = blobs;
        this.counts = counts;
        this.clock = clock;
        this.time = time;
    }

    private record Job(String input, String output, List<Instant> starts) {}

    /** Answers a call whose path begins with {@code /jobs}. */
    Reply handle(Request request) {
        String[] path = request.path().split("/", -1);
        if (path.length == 2) {
            return submit(JSON.readTree(request.body()));
        }
        Job job = jobs.get(path[2]);
        if (job == null) {
            return Reply.json(404, """
                    {"error": {"code": "NotFound", "message": "There is no such job."}}""");
        }
        if (path.length == 4) {
            return start(job);
        }
        return request.method().equals("GET") ? status(job) : cancel();
    }

    Journal journal() {
        List<Long> starts = new ArrayList<>();
        long twice = 0;
        for (Job job : jobs.values()) {
            synchronized (job) {
                job.starts.forEach(start -> starts.add(start.toEpochMilli()));
                twice += job.starts.size() > 1 ? 1 : 0;
            }
        }
        return new Journal(jobs.size(), starts.size(), twice, counts.all(), starts);
    }

    void clear() {
        jobs.clear();
    }

    private Reply submit(JsonNode body) {
        counts.add("submit");
        String id = UUID.randomUUID().toString().replace("-", "");
        jobs.put(id, new Job(location(body.path("Inputs")), location(body.path("Outputs")), new ArrayList<>(1)));
        return Reply.json(200, "\"" + id + "\"");
    }

    private static String location(JsonNode blobs) {
        return blobs.values().iterator().next().path("RelativeLocation").asString();
    }

    private Reply start(Job job) {
        counts.add("start");
        blobs.copy(job.input, job.output);
        synchronized (job) {
            job.starts.add(clock.instant());
        }
        return Reply.noContent();
    }

    private Reply status(Job job) {
        counts.add("status");
        return Reply.json(200, "{\"StatusCode\": \"%s\", \"Results\": null, \"Details\": null}".formatted(word(job)));
    }

    private String word(Job job) {
        synchronized (job) {
            if (job.starts.isEmpty()) {
                return "NotStarted";
            }
            Instant end = job.starts.getFirst().plus(time);
            return clock.instant().isBefore(end) ? "Running" : "Finished";
        }
    }

    private Reply cancel() {
        counts.add("cancel");
        return Reply.noContent();
    }
}
