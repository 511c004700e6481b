package dev.bes.testbench.chaos.environment;

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

/** The shared folders as one node sees them; without root or bindfs the node uses the folders directly. */
class SharedFolderMountsTests {

    @TempDir
    private Path temp;

    @Test
    void hidesAndBlocksAFolderForOneNodeOnly() throws Exception {
        Path shared = Files.createDirectory(temp.resolve("shared"));
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(shared.resolve("file.csv"), "text");
        try (SharedFolderMounts mounts = SharedFolderMounts.mount(List.of(shared, other), temp.resolve("empty"))) {
            assertThat(mounts.isMounted()).as("bindfs, as root").isEqualTo(canMount());
            assertThat(list(mounts, shared)).isEqualTo("file.csv\n");
            if (mounts.isMounted()) {
                mounts.hide(shared);
                assertThat(list(mounts, shared)).isEmpty();
                assertThat(shared.resolve("file.csv")).exists();
                mounts.show(shared);
                assertThat(list(mounts, shared)).isEqualTo("file.csv\n");

                mounts.hang(other);
                Process hanging = new ProcessBuilder(mounts.command(List.of("ls", other.toString()))).start();
                assertThat(list(mounts, shared)).isEqualTo("file.csv\n");
                assertThat(hanging.isAlive()).isTrue();
                mounts.resume();
                assertThat(hanging.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(shared.resolve("file.csv")).hasContent("text");
    }

    private static String list(SharedFolderMounts mounts, Path folder) throws IOException {
        Process list = new ProcessBuilder(mounts.command(List.of("ls", folder.toString())))
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
