package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.settings.ReplyAnswer.DeleteReply;
import dev.bes.sandbox.settings.ReplyAnswer.StartReply;
import dev.bes.sandbox.settings.ReplyAnswer.UnknownJob;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The four operations of the Batch Execution Service. */
public final class BatchExecution implements AutoCloseable {

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, JobQueue> queues = new ConcurrentHashMap<>();
    private final Journal journal;
    private final SubmissionReader reader;
    private final JobRunner runner;
    private final StatusBody statusBody;
    private final RuntimeSettings settings;
    private final int maxConcurrentJobs;
    private final InstantSource clock;

    /**
     * Creates a service without jobs.
     *
     * @param maxConcurrentJobs number of jobs of one endpoint that run at a time
     * @param clock clock of the retention of jobs
     */
    public BatchExecution(
            Journal journal,
            Blobs blobs,
            ResultLinks links,
            RuntimeSettings settings,
            int maxConcurrentJobs,
            InstantSource clock) {
        this.journal = journal;
        this.reader = new SubmissionReader(blobs);
        this.runner = new JobRunner(new JobScoring(blobs, journal, settings), settings);
        this.statusBody = new StatusBody(links, settings);
        this.settings = settings;
        this.maxConcurrentJobs = maxConcurrentJobs;
        this.clock = clock;
    }

    /** Registers a job without starting it: 200 with its id in double quotes. */
    public Reply submit(WebService service, String body) {
        Submission submission = reader.read(service, body, settings.assumptions());
        Job job = new Job(UUID.randomUUID().toString().replace("-", ""), service, submission, journal, clock);
        jobs.put(job.id(), job);
        return Reply.json(200, '"' + job.id() + '"');
    }

    /** Queues a job, or refuses with 400 CannotStartJob when it was started or cancelled before; see the assumptions. */
    public Reply start(WebService service, String id) {
        Job job = find(service, id);
        if (job.start(settings.assumptions())) {
            queue(job).add(job);
        }
        return done(settings.assumptions().has(StartReply.OK));
    }

    /** The state of a job, and fresh links once it has finished. */
    public Reply status(WebService service, String id) {
        return Reply.json(200, statusBody.of(find(service, id).status()));
    }

    /** Cancels a job; one that has ended stays as it is. Succeeds in every state. */
    public Reply delete(WebService service, String id) {
        Job job = find(service, id);
        queue(job).release(job.delete(settings.assumptions()));
        return done(settings.assumptions().has(DeleteReply.OK));
    }

    /** The jobs of a service, the newest first. */
    public List<JobView> jobs(WebService service) {
        Map<String, Integer> places = places(service);
        return jobs.values().stream()
                .filter(job -> job.service().equals(service) && !isForgotten(job))
                .map(job -> job.view(places.get(job.id())))
                .sorted(JobView.NEWEST_FIRST)
                .toList();
    }

    /** One job of a service, if it is known. */
    public Optional<JobView> job(WebService service, String id) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.service().equals(service) && !isForgotten(job))
                .map(job -> job.view(places(service).get(id)));
    }

    /** The id of the job of a service that was submitted last. */
    public Optional<String> newestJob(WebService service) {
        return jobs.values().stream()
                .filter(job -> job.service().equals(service) && !isForgotten(job))
                .max(Comparator.comparing(Job::submitted))
                .map(Job::id);
    }

    /** The number of jobs of one service that run at a time. */
    public int maxConcurrentJobs() {
        return maxConcurrentJobs;
    }

    @Override
    public void close() {
        runner.close();
    }

    private static Reply done(boolean ok) {
        return ok ? new Reply(200, Map.of(), "") : Reply.noContent();
    }

    private Job find(WebService service, String id) {
        if (id.isEmpty()) {
            throw Problem.MISSING_JOB_ID.about();
        }
        Job job = jobs.computeIfPresent(id, (key, known) -> isForgotten(known) ? null : known);
        if (job == null || !job.service().equals(service)) {
            Rejection unknown = Problem.JOB_NOT_FOUND.about();
            throw settings.assumptions().has(UnknownJob.EMPTY) ? unknown.withoutBody() : unknown;
        }
        return job;
    }

    private Map<String, Integer> places(WebService service) {
        Map<String, Integer> places = new HashMap<>();
        for (Job job : queue(service).waiting()) {
            places.putIfAbsent(job.id(), places.size() + 1);
        }
        return places;
    }

    private boolean isForgotten(Job job) {
        Duration retention = settings.assumptions().retention();
        return retention != null && job.isIdleSince(clock.instant().minus(retention));
    }

    /** A pool has a queue of its own, so that its jobs do not wait for those of the endpoint. */
    private JobQueue queue(Job job) {
        String pool = job.submission().pool();
        return pool == null ? queue(job.service()) : queue("pool " + pool);
    }

    private JobQueue queue(WebService service) {
        return queue(service.serviceId());
    }

    private JobQueue queue(String name) {
        return queues.computeIfAbsent(
                name,
                key -> new JobQueue(
                        maxConcurrentJobs,
                        execution -> runner.run(execution, () -> queue(name).release(1))));
    }
}
