package dev.bes.orchestrator.trigger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.trigger.TriggerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of requests that are under way. */
class UploadTempFolderTests {
    @TempDir
    Path folder;

    private UploadTempFolder start() {
        return new UploadTempFolder(
                new TriggerSettings(
                        folder.resolve("inbox"),
                        folder.resolve("upload-temp"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1),
                new HealthyFolders().threads);
    }

    private static void age(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().minus(Duration.ofMinutes(11))));
    }

    @Test
    void areForTheirOwnerOnly() throws IOException {
        Path own = start().path();

        assertThat(own.getParent()).isEqualTo(folder.resolve("upload-temp"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    @Test
    void areRemovedWhenTheirProcessIsGone() throws IOException {
        Path dead = start().path();
        Files.writeString(Files.createDirectories(dead.resolve("tomcat")).resolve("upload_1.tmp"), "half");
        age(dead.resolve("alive"));
        Path unmarked = Files.createDirectory(dead.resolveSibling("00000000-0000-0000-0000-000000000000"));
        age(unmarked);

        start();

        assertThat(dead).doesNotExist();
        assertThat(unmarked).doesNotExist();
    }

    @Test
    void stayWhileTheirProcessLives() throws IOException {
        UploadTempFolder other = start();
        Path upload = Files.writeString(other.path().resolve("upload_1.tmp"), "half");
        age(upload);
        age(other.path().resolve("alive"));
        other.refresh();

        start().refresh();

        assertThat(upload).exists();
    }

    @Test
    void stayWhenTheyAreNotOurs() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("upload-temp/keep-this"));
        age(foreign);

        start();

        assertThat(foreign).exists();
    }

    @Test
    void goWithTheirProcess() throws IOException {
        UploadTempFolder own = start();
        own.remove();

        assertThat(own.path()).doesNotExist();
        assertThat(own.path().getParent()).exists();
    }

    @Test
    void waitUntilTheirFolderCanBeMade() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("upload-temp"), "in the way");
        UploadTempFolder own = start();
        assertThat(own.path()).doesNotExist();

        Files.delete(inTheWay);
        assertThatCode(own::refresh).doesNotThrowAnyException();

        assertThat(own.path()).isDirectory();
    }
}
