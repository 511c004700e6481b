package dev.bes.testbench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the orchestrator's executable jar. */
public final class OrchestratorJar {

    private OrchestratorJar() {}

    /** The jar in the folder of a project, if it is built. */
    public static Optional<Path> find(Path project) {
        Path target = project.resolve("orchestrator/target");
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches("orchestrator-.*-app\\.jar"))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
