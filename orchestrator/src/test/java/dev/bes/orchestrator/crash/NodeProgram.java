package dev.bes.orchestrator.crash;

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

/** The class path of these tests as jars, which is what a node starts fastest from. */
final class NodeProgram {
    private static final List<String> QUICK = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String classPath;
    private final Path cache;

    private NodeProgram(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    /** Packs what is not a jar yet into the folder. */
    static NodeProgram pack(Path folder) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : entry);
        }
        return new NodeProgram(String.join(File.pathSeparator, jars), folder.resolve("node.aot"));
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

    /** Options that make a run leave a cache behind, which lets every later one start in half the time. */
    String[] training() {
        return new String[] {"-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error"};
    }
}
