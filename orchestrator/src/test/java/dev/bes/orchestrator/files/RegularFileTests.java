package dev.bes.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTests {
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private Path secret;
    private Path ours;

    @BeforeEach
    void prepare() throws IOException {
        secret = Files.writeString(root.resolve("secret"), "key\n");
        ours = Files.createDirectories(
                root.resolve(RegularFile.TAKEN).resolve(UUID.randomUUID().toString()));
    }

    private static String read(Path file) throws IOException {
        try (RegularFile opened = RegularFile.open(file)) {
            assertThat(opened.size()).isEqualTo(Files.size(file));
            return new String(opened.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void isRefused(Path file, String what) {
        assertTimeoutPreemptively(
                AT_ONCE,
                () -> assertThatThrownBy(() -> RegularFile.open(file))
                        .isInstanceOf(NotRegularFileException.class)
                        .hasMessageContaining("is " + what)
                        .hasMessageContaining("it is not opened"));
    }

    private static Path pipe(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        return file;
    }

    @Test
    void opensAPlainFileInAFolderOfOurs() throws IOException {
        assertThat(read(Files.writeString(ours.resolve("a.csv"), "text\n"))).isEqualTo("text\n");
    }

    @Test
    void opensWhatLiesBelowALinkThatTheAdministratorHasMade() throws IOException {
        Files.writeString(ours.resolve("a.csv"), "text\n");
        Path link = Files.createSymbolicLink(root.resolve("inbox"), root);
        Path uploads = Files.createDirectories(root.resolve("disk").resolve(ours.getFileName()));
        Files.writeString(uploads.resolve("input-1.csv"), "up\n");
        Files.createSymbolicLink(root.resolve("uploads"), root.resolve("disk"));

        assertThat(read(link.resolve(root.relativize(ours)).resolve("a.csv"))).isEqualTo("text\n");
        assertThat(read(root.resolve("uploads").resolve(ours.getFileName()).resolve("input-1.csv")))
                .isEqualTo("up\n");
    }

    @Test
    void refusesALinkInAFolderOfOurs() throws IOException {
        isRefused(Files.createSymbolicLink(ours.resolve("a.csv"), secret), "a symbolic link");
    }

    @Test
    void refusesAFolderOfOursThatIsALink() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a.csv"), "key\n");
        Files.delete(ours);
        Files.createSymbolicLink(ours, elsewhere);

        isRefused(ours.resolve("a.csv"), "below a symbolic link");
    }

    @Test
    void refusesAWorkFolderThatIsALink() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere").resolve(ours.getFileName()));
        Files.writeString(elsewhere.resolve("a.csv"), "key\n");
        Files.delete(ours);
        Files.delete(ours.getParent());
        Files.createSymbolicLink(ours.getParent(), root.resolve("elsewhere"));

        isRefused(ours.resolve("a.csv"), "below a symbolic link");
    }

    @Test
    void neverWaitsForTheWriterOfAPipeWhereverItLies() throws Exception {
        isRefused(pipe(ours.resolve("a.csv")), "a named pipe");
        isRefused(pipe(root.resolve("of-a-definition.csv")), "a named pipe");
        Path pipe = pipe(ours.resolveSibling(UUID.randomUUID().toString()));
        isRefused(pipe.resolve("a.csv"), "below a named pipe");
        isRefused(Files.createSymbolicLink(root.resolve("link.csv"), pipe), "a named pipe");
    }

    @Test
    void refusesAFolder() throws IOException {
        isRefused(Files.createDirectory(ours.resolve("a.csv")), "a folder");
    }

    @Test
    void followsALinkOfWhoeverWritesDefinitions() throws IOException {
        assertThat(read(Files.createSymbolicLink(root.resolve("today.csv"), secret)))
                .isEqualTo("key\n");
    }

    @Test
    void saysWithItsWholePathThatAFileIsGone() {
        Path gone = ours.resolve("gone.csv");
        assertThatThrownBy(() -> RegularFile.open(gone))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(gone.toString());
    }
}
