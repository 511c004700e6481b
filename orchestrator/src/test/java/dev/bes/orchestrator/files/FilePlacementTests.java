package dev.bes.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.SmallDisk;
import dev.bes.orchestrator.files.FilePlacement.Already;
import dev.bes.orchestrator.files.FilePlacement.Placed;
import dev.bes.orchestrator.run.Parallel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePlacementTests {
    @TempDir
    Path root;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(root.resolve(name), content);
    }

    @Test
    void movesToAFreePlace() throws IOException {
        Path file = file("new", "1");

        assertThat(FilePlacement.move(file, root.resolve("a.csv"), Already.SAME_FILE))
                .isEqualTo(new Placed(root.resolve("a.csv"), true));
        assertThat(file).doesNotExist();
        assertThat(root.resolve("a.csv")).hasContent("1");
    }

    @Test
    void leavesAloneWhateverLiesAtAPlace() throws IOException {
        file("a.b.csv", "old");
        Files.createDirectory(root.resolve("a.b-2.csv"));
        Files.createSymbolicLink(root.resolve("a.b-3.csv"), root.resolve("nowhere"));
        Path placed = FilePlacement.move(file("new", "1"), root.resolve("a.b.csv"), Already.SAME_CONTENT)
                .path();

        assertThat(placed).isEqualTo(root.resolve("a.b-4.csv")).hasContent("1");
        assertThat(root.resolve("a.b.csv")).hasContent("old");
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    @Test
    void takesTheSameContentForTheSameOnlyWhereAskedTo() throws IOException {
        file("a.csv", "1");

        assertThat(FilePlacement.move(file("one", "1"), root.resolve("a.csv"), Already.SAME_CONTENT))
                .isEqualTo(new Placed(root.resolve("a.csv"), false));
        assertThat(root.resolve("one")).doesNotExist();
        assertThat(FilePlacement.move(file("two", "1"), root.resolve("a.csv"), Already.SAME_FILE))
                .isEqualTo(new Placed(root.resolve("a-2.csv"), true));
    }

    @Test
    void finishesAMoveThatWasBrokenOff() throws IOException {
        Path file = file("new", "1");
        Files.createLink(root.resolve("a.csv"), file);

        assertThat(FilePlacement.move(file, root.resolve("a.csv"), Already.SAME_FILE)
                        .path())
                .isEqualTo(root.resolve("a.csv"));
        assertThat(file).doesNotExist();
        assertThat(FilePlacement.lastTaken(root.resolve("a.csv"))).isEqualTo(root.resolve("a.csv"));
        assertThat(FilePlacement.lastTaken(root.resolve("b.csv"))).isNull();
    }

    @Test
    void givesManyAtOnceAPlaceEach() throws IOException {
        List<Path> files =
                IntStream.range(0, 16).mapToObj(i -> root.resolve("new" + i)).toList();
        for (Path file : files) {
            Files.writeString(file, file.toString());
        }
        List<Path> places = Parallel.all(files.stream()
                .<Callable<Path>>map(file -> () -> FilePlacement.move(file, root.resolve("a.csv"), Already.SAME_FILE)
                        .path())
                .toList());

        assertThat(places)
                .doesNotHaveDuplicates()
                .allSatisfy(place -> assertThat(place).exists());
        assertThat(places.stream().map(FilePlacementTests::content))
                .containsExactlyInAnyOrderElementsOf(
                        files.stream().map(Path::toString).toList());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void movesToAnotherDiskWithoutReplacingEither() throws IOException {
        try (SmallDisk disk = new SmallDisk(root.resolve("disk"), 1024 * 1024)) {
            Path old = Files.writeString(disk.place().resolve("a.csv"), "old");
            Path placed =
                    FilePlacement.move(file("new", "1"), old, Already.SAME_FILE).path();

            assertThat(placed).isEqualTo(disk.place().resolve("a-2.csv")).hasContent("1");
            assertThat(old).hasContent("old");
            assertThat(root.resolve("new")).doesNotExist();
            Path large = Files.write(root.resolve("large"), new byte[2 * 1024 * 1024]);
            assertThatThrownBy(() -> FilePlacement.move(large, old, Already.SAME_FILE))
                    .isInstanceOf(IOException.class);
            assertThat(large).exists();
            assertThat(disk.place()).as("nothing of it is left").isDirectoryNotContaining("glob:**{-3.csv,.part}");
        }
    }

    @Test
    void saysThatTheFileIsGone() {
        assertThatThrownBy(() -> FilePlacement.move(root.resolve("gone"), root.resolve("a.csv"), Already.SAME_FILE))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void putsNothingInAFolderThatIsALink() throws IOException {
        Files.createSymbolicLink(root.resolve("archive"), Files.createDirectory(root.resolve("elsewhere")));

        assertThatThrownBy(() -> FilePlacement.folder(root, "archive"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("must be a folder, but a link or a file lies there");
        assertThat(FilePlacement.folder(root, "failed")).isDirectory();
        assertThat(FilePlacement.folder(root, "failed")).isDirectory();
    }

    /** As two nodes do that put away the same dropped file. */
    @Test
    void hasOnePlaceForAFileThatManyMoveAtOnce() throws Exception {
        for (int round = 0; round < 300; round++) {
            Path file = file("new", "1");
            Path wanted =
                    Files.createDirectory(root.resolve("archive-" + round)).resolve("a.csv");
            CyclicBarrier start = new CyclicBarrier(3);
            List<CompletableFuture<Void>> nodes = IntStream.range(0, 3)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> moveAtOnce(file, wanted, start), Thread::startVirtualThread))
                    .toList();
            for (CompletableFuture<Void> node : nodes) {
                node.get(20, TimeUnit.SECONDS);
            }

            assertThat(wanted.getParent()).isDirectoryContaining(path -> path.equals(wanted));
            assertThat(wanted.getParent().toFile().list()).hasSize(1);
            assertThat(file).doesNotExist();
        }
    }

    private static void moveAtOnce(Path file, Path wanted, CyclicBarrier start) {
        try {
            start.await(20, TimeUnit.SECONDS);
            FilePlacement.move(file, wanted, Already.SAME_FILE);
        } catch (NoSuchFileException e) {
            // another was first
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
