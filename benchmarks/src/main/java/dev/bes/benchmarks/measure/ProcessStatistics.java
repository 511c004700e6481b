package dev.bes.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** CPU time, memory and threads of processes, from {@code /proc}. */
public final class ProcessStatistics {

    private static final Path PROC = Path.of("/proc");
    /** Linux reports these times in hundredths of a second. */
    private static final int MILLIS_PER_TICK = 10;
    /** Index after the name of the program, which may contain blanks. */
    private static final int PARENT = 1;

    private static final int OWN_TIME = 11;
    private static final int TIME_OF_ENDED_CHILDREN = 13;
    private static final int BYTES_PER_KB = 1024;

    private ProcessStatistics() {}

    /** The CPU time of a process so far. */
    public static Duration cpu(long pid) {
        return stat(PROC.resolve(Long.toString(pid))).cpu(OWN_TIME);
    }

    /** The CPU time of a process so far and of its children, also of those that have ended. */
    static Duration cpuOfFamily(long pid) {
        Stat own = stat(PROC.resolve(Long.toString(pid)));
        return children(pid)
                .map(child -> child.cpu(OWN_TIME))
                .reduce(own.cpu(OWN_TIME).plus(own.cpu(TIME_OF_ENDED_CHILDREN)), Duration::plus);
    }

    /** The most memory that processes have had so far, in bytes: the one that had most. */
    public static long peakMemory(List<Long> pids) {
        return pids.stream()
                .mapToLong(pid -> status(pid, "VmHWM:") * BYTES_PER_KB)
                .max()
                .orElseThrow();
    }

    /** How many threads of the operating system a process has now: Java's own, and those of the virtual machine. */
    public static long threads(long pid) {
        return status(pid, "Threads:");
    }

    private static long status(long pid, String name) {
        try {
            return Files.readAllLines(PROC.resolve(pid + "/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Stat(List<String> fields) {
        Duration cpu(int first) {
            long ticks = Long.parseLong(fields.get(first)) + Long.parseLong(fields.get(first + 1));
            return Duration.ofMillis(ticks * MILLIS_PER_TICK);
        }

        boolean isChildOf(long pid) {
            return fields.size() > PARENT && fields.get(PARENT).equals(Long.toString(pid));
        }
    }

    private static Stream<Stat> children(long pid) {
        try (Stream<Path> all = Files.list(PROC)) {
            return all
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(ProcessStatistics::stat)
                    .filter(stat -> stat.isChildOf(pid))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for a process that has ended. */
    private static Stat stat(Path process) {
        try {
            String line = Objects.requireNonNull(Files.readString(process.resolve("stat")));
            return new Stat(List.of(line.substring(line.lastIndexOf(')') + 2).split(" ")));
        } catch (NoSuchFileException e) {
            return new Stat(List.of());
        } catch (IOException e) {
            // a process that ends while its file is read
            return new Stat(List.of());
        }
    }
}
