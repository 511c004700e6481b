package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.process.OrchestratorJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an experiment, and where the product is.
 *
 * @param project the project's folder
 * @param root the folder of this experiment, emptied at its start
 */
public record ChaosFolder(Path project, Path root) {

    public ChaosFolder {
        project = project.toAbsolutePath().normalize();
        root = root.toAbsolutePath().normalize();
    }

    Path databaseDisk() {
        return root.resolve("postgres");
    }

    Path databaseLog() {
        return root.resolve("postgres.log");
    }

    Path sandbox() {
        return root.resolve("sandbox");
    }

    /** The folder of the job definitions. */
    public Path definitions() {
        return root.resolve("definitions");
    }

    /** The drop folder. */
    public Path inbox() {
        return root.resolve("inbox");
    }

    /** The mount point of the disk for outputs. */
    public Path outputDisk() {
        return root.resolve("delivered");
    }

    /** Files are written here before they are renamed into a drop folder. */
    public Path producer() {
        return root.resolve("producer");
    }

    /** The working folder of one node; no other node uses it. */
    Path node(String name) {
        return root.resolve(name);
    }

    /** The log file of a node. */
    public Path nodeLog(String name) {
        return root.resolve(name + ".log");
    }

    /** The journal of the load driver. */
    public Path driverJournal() {
        return root.resolve("driver.jsonl");
    }

    /** The tables of the database at the end, one file each. */
    public Path tables() {
        return root.resolve("tables");
    }

    /** The report of the checker. */
    public Path report() {
        return root.resolve("report.txt");
    }

    /**
     * The orchestrator's executable jar.
     *
     * @throws ChaosFailure when it has not been built
     */
    Path orchestratorJar() {
        return OrchestratorJar.find(project)
                .orElseThrow(() -> new ChaosFailure("The orchestrator is not built. Run scripts/build first."));
    }

    /** Removes the files of an earlier experiment with this seed, and creates the folders. */
    public void recreate() {
        remove();
        try {
            for (Path folder : List.of(definitions(), inbox(), producer())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes everything. */
    public void remove() {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root + ": " + e.getMessage(), e);
        }
    }
}
