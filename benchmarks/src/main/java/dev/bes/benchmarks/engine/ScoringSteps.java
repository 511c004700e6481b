package dev.bes.benchmarks.engine;

import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.codec.digest.DigestUtils;

/** The calls of a scoring, made with the clients of the orchestrator: five of BES, and what stands for them at other services. */
final class ScoringSteps {

    private static final Duration VALIDITY = Duration.ofHours(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Endpoints endpoints;
    private final Blobs blobs;

    ScoringSteps(Endpoints endpoints, Blobs blobs) {
        this.endpoints = endpoints;
        this.blobs = blobs;
    }

    /** All calls, one after the other; nothing is stored between them. */
    void all(Scoring scoring) {
        RowService rows = endpoints.rows(StubAddress.ENDPOINT);
        if (rows == null) {
            stage(scoring);
            String job = launch(scoring);
            await(job);
            fetch(scoring);
        } else {
            score(rows, scoring);
        }
    }

    private static void score(RowService rows, Scoring scoring) {
        Path part = scoring.part();
        try {
            new RowCalls(rows).score(scoring.input(), part);
            Files.move(part, scoring.output(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String launch(Scoring scoring) {
        return switch (jobs()) {
            case TwoStepJobs twoStep -> {
                String job = submit(scoring);
                twoStep.start(job);
                yield job;
            }
            case NamedJobs named -> {
                String name = UUID.randomUUID().toString();
                named.create(name, request(scoring));
                yield name;
            }
            case UnnamedJobs unnamed -> unnamed.invoke(UUID.randomUUID(), request(scoring));
        };
    }

    private RemoteJobs jobs() {
        return endpoints.jobs(StubAddress.ENDPOINT);
    }

    private TwoStepJobs twoStep() {
        return (TwoStepJobs) jobs();
    }

    void stage(Scoring scoring) {
        try (Blobs.Upload upload = blobs.upload("in/" + scoring.name())) {
            byte[] content = Files.readAllBytes(scoring.input());
            upload.add(content);
            upload.commit(DigestUtils.sha256Hex(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String submit(Scoring scoring) {
        return twoStep().submit(request(scoring));
    }

    private static JobRequest request(Scoring scoring) {
        return new JobRequest(
                Map.of("input1", "in/" + scoring.name()),
                Map.of("output1", "out/" + scoring.name()),
                Map.of(),
                VALIDITY);
    }

    void start(String job) {
        twoStep().start(job);
    }

    /** Polls every second until the job has finished, as the sample of the BES guide does. */
    void await(String job) {
        while (!isFinished(job)) {
            LockSupport.parkNanos(SECOND.toNanos());
        }
    }

    /**
     * Polls once.
     *
     * @throws IllegalStateException when the job has ended otherwise
     */
    boolean isFinished(String job) {
        JobStatus status = jobs().status(job);
        return switch (status.state()) {
            case FINISHED -> true;
            case RUNNING -> false;
            default -> throw new IllegalStateException("Job " + job + " is " + status.remoteState());
        };
    }

    void fetch(Scoring scoring) {
        Path part = scoring.part();
        try {
            blobs.fetch("out/" + scoring.name(), () -> Files.newOutputStream(part, StandardOpenOption.CREATE_NEW));
            Files.move(part, scoring.output(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
