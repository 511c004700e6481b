package dev.bes.benchmarks.workload;

import dev.bes.benchmarks.environment.BenchmarkFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CSV files, the same in every run.
 *
 * @param folder their folder
 * @param size number of files
 * @param rows rows of each file; 0 for small files of 10 to 50
 */
public record Workload(Path folder, int size, int rows) {

    private static final int FEWEST_ROWS = 10;
    private static final int MOST_ROWS = 50;
    private static final int BATCH_ROWS = 1_000;
    private static final String[] WORDS = {"goose", "gull", "hawk", "heron", "kestrel", "lark", "owl", "swallow"};
    private static final Pattern OUTPUT = Pattern.compile("(?:\\d+-\\d+-)?(f\\d+)\\.output1\\.csv");

    /** Writes small files into a new folder. */
    public static Workload make(Path folder, int size) {
        return make(folder, size, 0);
    }

    /** Writes files of so many rows into a new folder. */
    public static Workload make(Path folder, int size, int rows) {
        Random random = new Random(1);
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < size; i++) {
                Files.writeString(folder.resolve("f" + i + ".csv"), csv(random, rows));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Workload(folder, size, rows);
    }

    /** A folder with the first of these files only. */
    public Workload first(int most) {
        return most < size ? make(folder.resolveSibling("first-" + most), most, rows) : this;
    }

    /** The files. */
    public List<Path> files() {
        return IntStream.range(0, size)
                .mapToObj(i -> folder.resolve("f" + i + ".csv"))
                .toList();
    }

    /** Number of the batches in which a model server is sent them: each of one file, and of 1,000 rows at most. */
    public long batches() {
        return (long) size * Math.max(1, Math.ceilDiv(rows, BATCH_ROWS));
    }

    private static String csv(Random random, int wanted) {
        StringBuilder csv = new StringBuilder("id,species,height\n");
        int rows = wanted > 0 ? wanted : random.nextInt(FEWEST_ROWS, MOST_ROWS + 1);
        for (int row = 0; row < rows; row++) {
            csv.append(row).append(',').append(WORDS[random.nextInt(WORDS.length)]);
            csv.append(',').append(random.nextInt(10_000)).append('\n');
        }
        return csv.toString();
    }

    /**
     * Checks that every output was delivered once; the outputs of the stub are copies of the inputs.
     *
     * @throws BenchmarkFailure if one did not
     */
    public void check(Path delivered) {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.list(delivered)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                check(file, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != size) {
            throw new BenchmarkFailure("%d of %d outputs were delivered".formatted(found.size(), size));
        }
    }

    private void check(Path file, Set<String> found) throws IOException {
        Matcher name = OUTPUT.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || !found.add(name.group(1))) {
            throw new BenchmarkFailure("Delivered twice, or not asked for: " + file);
        }
        Path input = folder.resolve(name.group(1) + ".csv");
        // a service that returns values, not a file, leaves the ends of lines to us
        if (Files.mismatch(file, input) >= 0 && !Files.readAllLines(file).equals(Files.readAllLines(input))) {
            throw new BenchmarkFailure("Not the output of its input: " + file);
        }
    }
}
