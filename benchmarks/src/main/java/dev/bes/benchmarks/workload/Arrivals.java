package dev.bes.benchmarks.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Files that arrive in a drop folder at a constant rate, in turns of ten: one is written slowly under its own name; one has the
 * same bytes as an earlier one; the others are renamed when they are complete. One in a hundred is no CSV file.
 *
 * @param folder the drop folder
 * @param size how many files
 * @param time in how much time
 */
public record Arrivals(Path folder, int size, Duration time) {

    private static final int TURN = 10;
    private static final int BAD = 100;
    private static final int SLOW = 3;
    private static final int REPEATED = 7;
    private static final long HALF_MS = 400;

    private record Half(Path file, String rest, long dueNanos) {}

    /** How many files have the bytes of an earlier one. */
    public int repeated() {
        return count(REPEATED);
    }

    /** How many files are no CSV files. */
    public int bad() {
        return (size + BAD - 1) / BAD;
    }

    private int count(int turn) {
        return size / TURN + (size % TURN > turn ? 1 : 0);
    }

    /** Writes them. */
    public void write(IntConsumer progress) {
        long start = System.nanoTime();
        Deque<Half> halves = new ArrayDeque<>();
        try {
            for (int i = 0; i < size; i++) {
                LockSupport.parkNanos(start + time.toNanos() / size * i - System.nanoTime());
                finish(halves, System.nanoTime());
                arrive(i, halves);
                if (i % 1_000 == 0) {
                    progress.accept(i);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(HALF_MS));
            finish(halves, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void arrive(int number, Deque<Half> halves) throws IOException {
        Path file = folder.resolve("a" + number + ".csv");
        String content = content(number);
        if (number % TURN == SLOW) {
            int half = content.length() / 2;
            Files.writeString(file, content.substring(0, half));
            halves.add(new Half(
                    file, content.substring(half), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HALF_MS)));
        } else {
            Path temporary = folder.resolve("a" + number + ".csv.part");
            Files.writeString(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void finish(Deque<Half> halves, long now) throws IOException {
        while (!halves.isEmpty() && halves.getFirst().dueNanos <= now) {
            Half half = halves.removeFirst();
            Files.writeString(half.file, half.rest, StandardOpenOption.APPEND);
        }
    }

    private static String content(int number) {
        if (number % BAD == 0) {
            return "id,species,height\n" + number + ",\"no end of quotes\n";
        }
        int of = number % TURN == REPEATED ? number - 1 : number;
        return "id,species,height\n%d,gull,1\n%d,owl,2\n".formatted(of, of);
    }
}
