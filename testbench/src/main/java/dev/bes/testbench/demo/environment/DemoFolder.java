package dev.bes.testbench.demo.environment;

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
 * Where the demo keeps everything, and where it finds the product.
 *
 * @param project the project's folder
 */
public record DemoFolder(Path project) {

    public DemoFolder {
        project = project.toAbsolutePath().normalize();
    }

    /** The folder that is made anew at each start. */
    Path root() {
        return project.resolve(".local/demo");
    }

    Path postgres() {
        return root().resolve("postgres");
    }

    Path sandbox() {
        return root().resolve("sandbox");
    }

    public Path definitions() {
        return root().resolve("definitions");
    }

    Path inbox() {
        return root().resolve("inbox");
    }

    /** The drop folder of the definition. */
    public Path dropFolder() {
        return inbox().resolve("birdstrikes");
    }

    public Path delivered() {
        return root().resolve("delivered");
    }

    Path uploads() {
        return root().resolve("uploads");
    }

    public Path log() {
        return root().resolve("orchestrator.log");
    }

    public Path pidFile() {
        return root().resolve("demo.pid");
    }

    /** The sample that goes with the shipped definition. */
    public Path sample() {
        return project.resolve("job-definitions/samples/birdstrikes.csv");
    }

    /** The files delivered for a run: the definition gives each run a folder. */
    public List<Path> deliveredFor(long run) {
        return visibleFiles(delivered().resolve("birdstrikes").resolve(Long.toString(run)));
    }

    /** What was put away of the drop folder. */
    public List<Path> archive() {
        return visibleFiles(dropFolder().resolve("archive"));
    }

    /** A path as a person in the project's folder would write it. */
    public String shown(Path path) {
        return path.startsWith(project) ? project.relativize(path).toString() : path.toString();
    }

    /**
     * The orchestrator's executable jar.
     *
     * @throws DemoFailure when it has not been built
     */
    Path orchestratorJar() {
        return OrchestratorJar.find(project)
                .orElseThrow(() -> new DemoFailure("The orchestrator is not built: run scripts/build first"));
    }

    /** Removes what an earlier demo left, and makes the folders. */
    void makeAnew() {
        try {
            remove(root());
            Files.createDirectories(dropFolder());
            copyDefinitions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All definitions, so that somebody's own runs here as well, with the files beside them. */
    private void copyDefinitions() throws IOException {
        Path shipped = project.resolve("job-definitions");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !shipped.relativize(file).startsWith("target"))
                    .toList()) {
                Path copy = definitions().resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static List<Path> visibleFiles(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
