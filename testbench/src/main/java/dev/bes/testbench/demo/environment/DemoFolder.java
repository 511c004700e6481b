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
 * The files of the demo, and where the product is.
 *
 * @param project the project's folder
 * @param kind what the demo shows
 */
public record DemoFolder(Path project, DemoKind kind) {
    private static final String SAMPLE = "samples/birdstrikes.csv";

    public DemoFolder {
        project = project.toAbsolutePath().normalize();
    }

    /** The folder of the demo, emptied at each start. */
    Path root() {
        return project.resolve(".local/demo");
    }

    Path postgres() {
        return root().resolve("postgres");
    }

    Path sandbox() {
        return root().resolve("sandbox");
    }

    /** The folder of the job definitions. */
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

    /** The delivery folder. */
    public Path delivered() {
        return root().resolve("delivered");
    }

    Path uploadTemp() {
        return root().resolve("upload-temp");
    }

    /** The log file of the orchestrator. */
    public Path log() {
        return root().resolve("orchestrator.log");
    }

    /** The file with the process ids of the demo. */
    public Path pidFile() {
        return root().resolve("demo.pid");
    }

    /** The sample of the definition, with the column that the service hashes. */
    public Path sample() {
        return definitions().resolve(SAMPLE);
    }

    /** The delivered files of a run; each run has a folder. */
    public List<Path> deliveredFor(long run) {
        return deliveredFor("birdstrikes", run);
    }

    /** The delivered files of a run of a definition. */
    public List<Path> deliveredFor(String definition, long run) {
        return visibleFiles(delivered().resolve(definition).resolve(Long.toString(run)));
    }

    /** The archived files of the drop folder. */
    public List<Path> archive() {
        return visibleFiles(dropFolder().resolve("archive"));
    }

    /** A path relative to the folder of the project, if it is below it. */
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
                .orElseThrow(() -> new DemoFailure("The orchestrator is not built. Run scripts/build first."));
    }

    /** Removes the files of an earlier demo and creates the folders. */
    void recreate() {
        try {
            remove(root());
            Files.createDirectories(dropFolder());
            copyDefinitions();
            String sample = Files.readString(sample());
            Files.writeString(sample(), sample.replaceFirst(DemoKind.BES.hashedColumn(), kind.hashedColumn()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All definitions with the files in their folder, so that added definitions run too. */
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
