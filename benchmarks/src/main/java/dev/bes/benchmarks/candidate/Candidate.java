package dev.bes.benchmarks.candidate;

import dev.bes.benchmarks.environment.BenchmarkDatabase;
import java.nio.file.Path;
import java.util.List;

/** An engine under measurement, with its own processes and its own PostgreSQL. */
public interface Candidate extends AutoCloseable {

    /** Its name in the table. */
    String name();

    /** Its settings, as text. */
    String settings();

    /** Ids of its processes. */
    List<Long> pids();

    /** Its database. */
    BenchmarkDatabase database();

    /** Most files per round: a slow engine shows no more with more of them. */
    int mostFiles();

    /**
     * Number of the remote jobs by which it scores files.
     *
     * @param batches number of the batches of their rows, if they go to a model server
     */
    default long jobs(int files, long batches) {
        return batches;
    }

    /** Requests all files of a folder at once; returns the folder of the outputs. */
    Path requestAll(Path folder);

    /** Requests one file; returns the beginning of its input path on the remote side, below the container. */
    String request(Path file);

    /** The folder of the outputs of files that were requested one by one. */
    Path deliveredForSingleFiles();

    /**
     * Whether all requested files are done.
     *
     * @param calls number of calls that are the last of a file, or of a batch of its rows
     */
    boolean isDone(long calls);

    /** Ends its processes; its database stays. */
    void stop();

    @Override
    void close();
}
