package dev.bes.orchestrator.node.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.NamedPipe;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileThreadsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 4 * Runtime.getRuntime().availableProcessors() + 8;

    private final AtomicLong late = new AtomicLong();
    private final FileSettings settings =
            new FileSettings(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(10));
    private final FileOperations work =
            new FileOperations(() -> System.nanoTime() + late.get(), settings.stuckTimeout());
    private final FileThreads files = new FileThreads(work, settings);
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        virtual.shutdownNow();
    }

    private List<Future<Integer>> readers(Path file) {
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            readers.add(virtual.submit(() -> files.call(Use.STAGING, "Reading " + file, () -> firstByte(file))));
        }
        return readers;
    }

    private static int firstByte(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read();
        }
    }

    private <T> T virtually(Callable<T> what) throws Exception {
        try {
            return virtual.submit(what).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void letTimePass(Duration time) {
        late.addAndGet(time.toNanos());
    }

    @Test
    void keepOtherVirtualThreadsGoingWhileManyFilesHang() throws Exception {
        Path good = Files.writeString(folder.resolve("good"), "x");
        try (NamedPipe _ = new NamedPipe(folder.resolve("pipe"))) {
            List<Future<Integer>> readers = readers(folder.resolve("pipe"));

            assertThat(virtually(() -> "goes on")).isEqualTo("goes on");
            assertThat(virtually(() -> files.call(Use.DELIVERY, "Reading " + good, () -> firstByte(good))))
                    .as("another use has threads of its own")
                    .isEqualTo('x');
            assertThat(readers).noneMatch(Future::isDone);
        }
    }

    @Test
    void makeMoreThreadsOnlyWhileTheOnesThatAreThereAreHeldUp() throws Exception {
        Path good = Files.writeString(folder.resolve("good"), "x");
        try (NamedPipe _ = new NamedPipe(folder.resolve("pipe"))) {
            List<Future<Integer>> held = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                held.add(virtual.submit(
                        () -> files.call(Use.STAGING, "Reading", () -> firstByte(folder.resolve("pipe")))));
            }
            assertThat(virtually(() -> files.call(Use.STAGING, "Reading " + good, () -> firstByte(good))))
                    .as("after six that hang")
                    .isEqualTo('x');
            assertThat(held).noneMatch(Future::isDone);
        }
    }

    @Test
    void giveUpWhatDoesNotComeBackAndSayUntilItDoes() throws Exception {
        Path pipe = folder.resolve("pipe");
        try (NamedPipe _ = new NamedPipe(pipe)) {
            Future<Integer> reader =
                    virtual.submit(() -> files.call(Use.STAGING, "Reading " + pipe, () -> firstByte(pipe)));
            await().atMost(PATIENCE).until(() -> hasBegun("files-staging-"));
            assertThat(work.now()).isNull();

            await().atMost(PATIENCE).until(() -> {
                letTimePass(Duration.ofSeconds(61));
                return reader.isDone();
            });
            assertThatThrownBy(reader::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("Reading .*pipe has not answered for \\d+ s");
            assertThat(work.now()).contains("Reading " + pipe + " has not answered for ");
        }
        await().atMost(PATIENCE).until(() -> work.now() == null);
    }

    private static boolean hasBegun(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(name))
                .anyMatch(thread -> thread.getValue().length > 0);
    }

    @Test
    void waitForWhatMovesHoweverLongItTakes() throws Exception {
        Semaphore pieces = new Semaphore(0);
        Future<Integer> slow = virtual.submit(() -> files.call(Use.REQUEST, "Storing", () -> {
            for (int i = 0; i < 3; i++) {
                pieces.acquireUninterruptibly();
                work.moved();
            }
            return 3;
        }));
        for (int i = 0; i < 3; i++) {
            letTimePass(Duration.ofSeconds(50));
            pieces.release();
            await().atMost(PATIENCE).until(() -> pieces.availablePermits() == 0);
        }
        assertThat(slow.get()).isEqualTo(3);
    }

    @Test
    void countNoRemoteCallInTheMiddleOfReading() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Future<String> reading =
                virtual.submit(() -> files.call(Use.STAGING, "Reading", () -> files.away(answer::join)));
        await().atMost(PATIENCE).until(() -> hasBegun("files-staging-"));
        letTimePass(Duration.ofHours(1));
        assertThat(work.now()).isNull();

        answer.complete("sent");
        assertThat(reading.get()).isEqualTo("sent");
    }

    @Test
    void throwWhatTheWorkThrows() {
        assertThatThrownBy(() ->
                        virtually(() -> files.call(Use.STAGING, "Reading", () -> firstByte(folder.resolve("nothing")))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> virtually(() -> files.call(Use.STAGING, "Reading", () -> {
                    throw new InterruptedException("checked, and no matter of files");
                })))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void writeAndReadFilesPieceByPiece() throws Exception {
        byte[] content = new byte[1_000_003];
        new Random(7).nextBytes(content);
        Path file = folder.resolve("file");

        virtually(() -> {
            try (OutputStream out = files.output(Use.DELIVERY, "Writing", () -> Files.newOutputStream(file))) {
                for (int from = 0; from < content.length; from += 9_973) {
                    out.write(content, from, Math.min(9_973, content.length - from));
                }
            }
            return true;
        });
        assertThat(file).hasBinaryContent(content);
        assertThat(virtually(() -> {
                    try (InputStream in = files.input(Use.REQUEST, "Reading", () -> Files.newInputStream(file))) {
                        return in.readAllBytes();
                    }
                }))
                .isEqualTo(content);
    }
}
