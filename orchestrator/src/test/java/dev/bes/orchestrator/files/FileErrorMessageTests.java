package dev.bes.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileErrorMessageTests {
    @TempDir
    Path folder;

    @Test
    void saysWhoMayNotReadAFile() {
        assertThat(FileErrorMessage.of(new AccessDeniedException("/in/a.csv"), "read"))
                .isEqualTo("'/in/a.csv' may not be read by user '" + System.getProperty("user.name")
                        + "'; give that user the permission, also for the folders above it");
        assertThat(FileErrorMessage.lasts(new AccessDeniedException("/in/a.csv")))
                .as("who gives the permission need not do more")
                .isFalse();
    }

    @Test
    void knowsWhatTheFileSystemItselfSays() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Exception tooLong = catchException(() -> Files.createDirectory(folder.resolve("x".repeat(256))));
        Exception below = catchException(() -> Files.newInputStream(file.resolve("a.csv")));
        Exception noFolder = catchException(() -> Files.createDirectories(file));
        Exception gone = catchException(() -> Files.newInputStream(folder.resolve("gone\r.csv")));

        assertThat(FileErrorMessage.of(tooLong, "written")).contains("the name is longer than the file system takes");
        assertThat(FileErrorMessage.of(below, "read")).contains("a part of the path is a file, not a folder");
        assertThat(FileErrorMessage.of(noFolder, "written")).endsWith("is a file or a link, and should be a folder");
        assertThat(FileErrorMessage.of(gone, "read")).endsWith("gone⟨U+000D⟩.csv' is not there");
        assertThat(new Exception[] {tooLong, below, noFolder}).allMatch(FileErrorMessage::lasts);
        assertThat(FileErrorMessage.lasts(gone)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, the disk is full",
        "Read-only file system, the disk is mounted read-only",
        "Too many open files, ulimit",
        "Stale file handle, mount it again",
        "Input/output error, Input/output error"
    })
    void putsInWordsWhatMayPass(String reason, String words) {
        FileSystemException e = new FileSystemException("/out/a.csv", null, reason);

        assertThat(FileErrorMessage.of(e, "written"))
                .startsWith("'/out/a.csv' ")
                .contains(words);
        assertThat(FileErrorMessage.lasts(e)).isFalse();
    }

    @Test
    void passesOnWhatIsNotOfTheFileSystem() {
        assertThat(FileErrorMessage.of(new IOException("cut"), "read")).isEqualTo("cut");
        assertThat(FileErrorMessage.of(new IllegalStateException("odd"), "read"))
                .contains("odd");
    }

    @Test
    void showsWhatCannotBeSeenInAName() {
        assertThat(VisibleText.name(" a b\r\u202e\u200b\u00a0.csv "))
                .isEqualTo("⟨U+0020⟩a b⟨U+000D⟩⟨U+202E⟩⟨U+200B⟩⟨U+00A0⟩.csv⟨U+0020⟩");
        assertThat(VisibleText.name("übung \ud83d\udc26.csv")).isEqualTo("übung \ud83d\udc26.csv");
    }
}
