package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AzuriteTests {

    @TempDir
    private Path folder;

    @Test
    void saysHowToInstallAzurite() {
        assertThatThrownBy(() -> Azurite.start(folder, folder, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Azurite is not installed: run `npm ci` in " + folder);
    }

    @RepeatedTest(3)
    void keepsItsBlobsOverARestart() throws IOException {
        Path npm = AzuriteFolder.find(null);
        try (Azurite azurite = Azurite.start(npm, folder, 0)) {
            BlockOutput out = new Blobs(azurite.connectionString())
                    .write(new Blobs(azurite.connectionString()).ownLocation("kept/a.csv"));
            out.write("still here".getBytes(UTF_8));
            out.commit(true);
        }
        try (Azurite azurite = Azurite.start(npm, folder, 0);
                InputStream in = new Blobs(azurite.connectionString())
                        .read(new BlobReference(azurite.connectionString(), "kept/a.csv", null, null))) {
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("still here");
        }
    }

    @Test
    void letsItsPortGoWhenClosed() {
        Azurite first = Azurite.start(AzuriteFolder.find(null), folder, 0);
        int port = Integer.parseInt(first.connectionString().replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
        first.close();

        try (Azurite second = Azurite.start(AzuriteFolder.find(null), folder, port)) {
            assertThat(second.connectionString()).contains(":" + port + "/");
        }
    }
}
