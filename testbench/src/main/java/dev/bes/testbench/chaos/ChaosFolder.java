package dev.bes.testbench.chaos;

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
 * Where a run keeps everything, and where it finds the product.
 *
 * @param project the project's folder
 * @param root the folder of this run, made anew at its start
 */
record ChaosFolder(Path project, Path root) {

    ChaosFolder {
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

    Path definitions() {
        return root.resolve("definitions");
    }

    Path inbox() {
        return root.resolve("inbox");
    }

    Path uploads() {
        return root.resolve("uploads");
    }

    Path outputDisk() {
        return root.resolve("delivered");
    }

    /** Where files are written before they are renamed into a drop folder. */
    Path producer() {
        return root.resolve("producer");
    }

    /** The working folder of a node, with nothing in it that another node sees. */
    Path node(String name) {
        return root.resolve(name);
    }

    Path nodeLog(String name) {
        return root.resolve(name + ".log");
    }

    Path driverJournal() {
        return root.resolve("driver.jsonl");
    }

    /** The tables of the database as they stand at the end, one file each. */
    Path tables() {
        return root.resolve("tables");
    }

    Path report() {
        return root.resolve("report.txt");
    }

    /**
     * The orchestrator's executable jar.
     *
     * @throws ChaosFailure when it has not been built
     */
    Path orchestratorJar() {
        return OrchestratorJar.find(project)
                .orElseThrow(() -> new ChaosFailure("The orchestrator is not built: run scripts/build first"));
    }

    /** Removes what an earlier run of the same seed left, and makes the folders. */
    void makeAnew() {
        remove();
        try {
            for (Path folder : List.of(definitions(), inbox(), uploads(), producer())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes everything. */
    void remove() {
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
