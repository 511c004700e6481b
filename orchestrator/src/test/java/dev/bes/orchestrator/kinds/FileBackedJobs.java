package dev.bes.orchestrator.kinds;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A far side whose jobs are files in a folder: it outlives every node that calls it, and is the same for all. A job is at work
 * from the moment it is made, and its output appears when somebody finds it finished.
 */
public final class FileBackedJobs {
    private final Path folder;
    private final Supplier<Blobs> blobs;
    private final Duration takes;

    /** @param takes how long a job is at work */
    public FileBackedJobs(Path folder, Supplier<Blobs> blobs, Duration takes) {
        this.folder = folder;
        this.blobs = blobs;
        this.takes = takes;
    }

    /** A job as it was made: its id, the nonce in it, where its output goes, and when. */
    public record Job(String id, String nonce, String output, Instant made) {
        private static Job read(Path file) {
            String[] lines = text(file).split("\n", -1);
            return new Job(lines[0], lines[1], lines[2], Instant.parse(lines[3]));
        }
    }

    /**
     * Makes a job.
     *
     * @return whether there was none of that id
     */
    boolean make(String id, String nonce, JobRequest request) {
        String output = request.outputs().values().iterator().next();
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    Files.createFile(folder.resolve(id + ".job")),
                    String.join("\n", id, nonce, output, Instant.now().toString()));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JobStatus status(String id) {
        Job job = find(id).orElseThrow(() -> new RemoteException.NotFound("nobody knows job " + id));
        if (isMarked(id, "finished")) {
            return new JobStatus(State.FINISHED, "Completed", null);
        }
        if (isMarked(id, "cancelled")) {
            return new JobStatus(State.CANCELLED, "Canceled", null);
        }
        if (Instant.now().isBefore(job.made.plus(takes))) {
            return new JobStatus(State.RUNNING, "InProgress", null);
        }
        blobs.get().put(job.output, ("text\nscored by " + id + "\n").getBytes(StandardCharsets.UTF_8));
        mark(id, "finished");
        return new JobStatus(State.FINISHED, "Completed", null);
    }

    void cancel(String id) {
        if (find(id).isEmpty()) {
            throw new RemoteException.NotFound("nobody knows job " + id);
        }
        mark(id, "cancelled");
    }

    /** Whether somebody has cancelled a job. */
    public boolean isCancelled(String id) {
        return isMarked(id, "cancelled");
    }

    /** Whether a job was found finished. */
    public boolean hasFinished(String id) {
        return isMarked(id, "finished");
    }

    private Optional<Job> find(String id) {
        return jobs().stream().filter(job -> job.id.equals(id)).findFirst();
    }

    /** All jobs that were ever made, the oldest first. */
    public List<Job> jobs() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".job"))
                    .filter(file -> !text(file).isEmpty())
                    .map(Job::read)
                    .sorted(Comparator.comparing(Job::made).thenComparing(Job::id))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jobs that any call of a run has made. */
    public List<Job> jobs(long run) {
        return jobs().stream()
                .filter(job -> job.output.startsWith("out/" + run + "/"))
                .toList();
    }

    private boolean isMarked(String id, String mark) {
        return Files.exists(folder.resolve(id + "." + mark));
    }

    private void mark(String id, String mark) {
        try {
            Files.writeString(folder.resolve(id + "." + mark), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
