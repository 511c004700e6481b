package dev.bes.benchmarks.environment;

import dev.bes.testbench.process.OrchestratorJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of one part of the benchmark, and where the product is.
 *
 * @param project the project's folder
 * @param root the folder of the part, emptied at its start
 */
public record BenchmarkFolder(Path project, Path root) {

    /** The folder of a part of the benchmark. */
    public static BenchmarkFolder of(Path project, String part) {
        Path home = project.toAbsolutePath().normalize();
        return new BenchmarkFolder(home, home.resolve(".local/benchmark").resolve(part));
    }

    public Path definitions() {
        return root.resolve("definitions");
    }

    public Path work() {
        return definitions().resolve("work");
    }

    public Path delivered() {
        return root.resolve("delivered");
    }

    /** A folder that one process alone uses. */
    public Path own(String process) {
        return root.resolve("processes").resolve(process);
    }

    public Path log(String process) {
        return root.resolve(process + ".log");
    }

    /**
     * The orchestrator's executable jar.
     *
     * @throws BenchmarkFailure when it has not been built
     */
    Path orchestratorJar() {
        return OrchestratorJar.find(project)
                .orElseThrow(() -> new BenchmarkFailure("The orchestrator is not built. Run scripts/build first."));
    }

    /** Removes the files of an earlier benchmark and creates the folders. */
    public void recreate() {
        try {
            remove(root);
            Files.createDirectories(definitions());
            Files.createDirectories(delivered());
            Files.createDirectories(root.resolve("processes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Moves the delivered files away, so that no round pays for the files of earlier ones. Nothing is deleted during a
     * measurement: after many deletions ext4 creates files slowly for minutes, 0.3 ms of CPU each. The folder itself stays,
     * with the hidden marker of the nodes.
     */
    public void clearDelivered() {
        try {
            Path old = Files.createDirectories(
                    root.resolve("old").resolve(UUID.randomUUID().toString()));
            for (Path part : parts(delivered())) {
                Files.move(part, old.resolve(part.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> parts = Files.list(folder)) {
            return parts.filter(part -> !part.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** Removes everything but the logs. */
    public void clear() {
        try {
            remove(definitions());
            remove(delivered());
            remove(root.resolve("old"));
            remove(root.resolve("processes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
