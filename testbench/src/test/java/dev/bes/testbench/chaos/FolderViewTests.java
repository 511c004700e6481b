package dev.bes.testbench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's own view of the shared folders; where there can be none, the node sees the folders themselves. */
class FolderViewTests {

    @TempDir
    private Path temp;

    @Test
    void hidesAndHangsAFolderForItsNodeAlone() throws Exception {
        Path shared = Files.createDirectory(temp.resolve("shared"));
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(shared.resolve("file.csv"), "text");
        try (FolderView view = FolderView.of(List.of(shared, other), temp.resolve("empty"))) {
            assertThat(view.isItsOwn()).as("bindfs, as root").isEqualTo(canMount());
            assertThat(list(view, shared)).isEqualTo("file.csv\n");
            if (view.isItsOwn()) {
                view.hide(shared);
                assertThat(list(view, shared)).isEmpty();
                assertThat(shared.resolve("file.csv")).exists();
                view.show(shared);
                assertThat(list(view, shared)).isEqualTo("file.csv\n");

                view.hang(other);
                Process hanging = new ProcessBuilder(view.command(List.of("ls", other.toString()))).start();
                assertThat(list(view, shared)).isEqualTo("file.csv\n");
                assertThat(hanging.isAlive()).isTrue();
                view.goOn();
                assertThat(hanging.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(shared.resolve("file.csv")).hasContent("text");
    }

    private static String list(FolderView view, Path folder) throws IOException {
        Process list = new ProcessBuilder(view.command(List.of("ls", folder.toString())))
                .redirectErrorStream(true)
                .start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean canMount() throws IOException {
        boolean root = Files.readString(Path.of("/proc/self/status")).contains("\nUid:\t0\t0\t");
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bindfs")));
        return root && installed && Files.isWritable(Path.of("/dev/fuse"));
    }
}
