package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All jobs of the workspace. */
public final class EndpointJobs implements AutoCloseable {

    private static final Comparator<EndpointJob> NEWEST_FIRST =
            Comparator.comparing(EndpointJob::created).reversed().thenComparing(EndpointJob::name);

    private final Map<String, EndpointJob> jobs = new ConcurrentHashMap<>();
    private final Datastores datastores;
    private final Journal journal;
    private final RuntimeSettings settings;
    private final InstantSource clock;
    private final EndpointJobRunner runner;

    /**
     * Creates a workspace without jobs.
     *
     * @param clock says when jobs are made
     */
    public EndpointJobs(
            Blobs blobs, Datastores datastores, Journal journal, RuntimeSettings settings, InstantSource clock) {
        this.datastores = datastores;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.runner = new EndpointJobRunner(new FileScoring(blobs, datastores, settings), journal, settings);
    }

    /** Starts a job of an endpoint, or several of them if that is set; returns the first. */
    public EndpointJob invoke(JobSpec spec) {
        List<EndpointJob> started = new ArrayList<>();
        for (int i = 0; i < settings.batchEndpoints().jobsPerInvoke(); i++) {
            start(UUID.randomUUID().toString(), spec).ifPresent(started::add);
        }
        return started.getFirst();
    }

    /** Starts a job under this name; empty if there is one of that name. */
    public Optional<EndpointJob> start(String name, JobSpec spec) {
        List<EndpointJob> made = new ArrayList<>();
        jobs.computeIfAbsent(name, key -> {
            made.add(new EndpointJob(key, spec, datastores, journal, clock.instant()));
            return made.getFirst();
        });
        made.forEach(runner::run);
        return made.stream().findFirst();
    }

    /** The job of a name. */
    public Optional<EndpointJob> named(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /**
     * The jobs of an endpoint that its lists have by now, the newest first.
     *
     * @param deployment only those of this deployment; null for all
     */
    public List<EndpointJob> listed(WebService service, @Nullable String deployment) {
        Instant before = clock.instant().minus(settings.batchEndpoints().listLag());
        return jobs.values().stream()
                .filter(job -> job.spec().deployment() != null
                        && job.spec().service().equals(service)
                        && !job.created().isAfter(before))
                .filter(job ->
                        deployment == null || deployment.equals(job.spec().deployment()))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** All jobs that the list of the workspace has by now, the newest first. */
    public List<EndpointJob> listed() {
        Instant before = clock.instant().minus(settings.batchEndpoints().listLag());
        return jobs.values().stream()
                .filter(job -> !job.created().isAfter(before))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Asks for the cancellation of a job; returns the id of this operation, which is the same for each cancel of it. */
    public String cancel(EndpointJob job) {
        runner.cancel(job);
        return job.child();
    }

    /** The job that a cancel is about. */
    public Optional<EndpointJob> canceledBy(String operation) {
        return jobs.values().stream()
                .filter(job -> job.child().equals(operation))
                .findFirst();
    }

    /** The word for the state of a job, which is sometimes wrong. Source: {@code JobStatus} of {@code mfe.json}. */
    public String answeredStatus(EndpointJob job) {
        JobStatus status = job.status();
        return !status.isEnd() && settings.take(Fault.NOT_RESPONDING) ? "NotResponding" : status.remoteName();
    }

    @Override
    public void close() {
        runner.close();
    }
}
