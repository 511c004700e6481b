package dev.bes.orchestrator.crash;

import dev.bes.testbench.process.Signal;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The class path of these tests as jars, with a cache of what a node makes of them: so it starts in half the time. */
final class NodeProgram {
    private static final List<String> QUICK =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");
    private static @Nullable NodeProgram shared;

    private final String classPath;
    private final Path cache;

    private NodeProgram(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    /** The program, packed and trained once per JVM of tests. */
    static synchronized NodeProgram shared() {
        if (shared == null) {
            // Maven runs the tests in several JVMs at a time
            String process = Long.toString(ProcessHandle.current().pid());
            shared = pack(clean(Path.of("target", "node-program", process)));
            shared.train();
        }
        return shared;
    }

    private static Path clean(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "node-program"));
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeProgram pack(Path folder) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.isEmpty()) {
                continue;
            }
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : entry);
        }
        return new NodeProgram(
                String.join(File.pathSeparator, jars), folder.toAbsolutePath().resolve("node.aot"));
    }

    /** Lets a node do its work once; what it has loaded by its end goes into the cache. */
    private void train() {
        try (Installation installation = Installation.usual(this, cache.resolveSibling("training"), "training")) {
            NodeProcess node = installation
                    .start("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error")
                    .awaitReady();
            installation.awaitEnd(WorkKind.REQUEST.begin(installation));
            node.signal(Signal.TERM).exitCode();
        }
    }

    private static String jar(Path classes, Path jar) {
        try (Stream<Path> files = Files.walk(classes);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files.skip(1).sorted().toList()) {
                add(classes.relativize(file).toString(), file, entries);
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders, too: packages are looked through for parts by them. */
    private static void add(String name, Path file, JarOutputStream entries) throws IOException {
        if (Files.isDirectory(file)) {
            entries.putNextEntry(new JarEntry(name + "/"));
        } else {
            entries.putNextEntry(new JarEntry(name));
            Files.copy(file, entries);
        }
    }

    /** The command that runs a node; from the cache of an earlier run, once there is one. */
    List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
