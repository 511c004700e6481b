package dev.bes.benchmarks.candidate;

import dev.bes.benchmarks.environment.BenchmarkDatabase;
import java.nio.file.Path;
import java.util.List;

/** An engine under measurement, in processes of its own and with a PostgreSQL of its own. */
public interface Candidate extends AutoCloseable {

    /** Its name in the table. */
    String name();

    /** How it is set, in words. */
    String settings();

    /** Ids of its processes. */
    List<Long> pids();

    /** Its database. */
    BenchmarkDatabase database();

    /** How much it is given at most: what takes minutes for less says no more for more. */
    int most();

    /** Asks for all files of a folder in one go; the folder that the outputs will be in. */
    Path askForAll(Path folder);

    /** Asks for one file; what the path of its input begins with on the remote side, below the container. */
    String askFor(Path file);

    /** The folder that the outputs of files asked for one by one will be in. */
    Path deliveredOneByOne();

    /** Whether all that was asked for is done: so many files. */
    boolean isDone(int files);

    /** Ends what it works with, so that it is in nobody's way; its database stays. */
    void leave();

    @Override
    void close();
}
