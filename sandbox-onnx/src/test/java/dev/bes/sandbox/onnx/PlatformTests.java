package dev.bes.sandbox.onnx;

import static dev.bes.sandbox.onnx.TestModel.GOLDEN;
import static dev.bes.sandbox.onnx.TestModel.YAML;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see where ONNX Runtime runs, and where it does not. */
class PlatformTests {

    @TempDir
    private Path folder;

    @Test
    void printsNoWarning() throws Exception {
        assertThat(run("-Dany=any")).isEqualTo("WebService[mine]\n");
    }

    @Test
    void saysWhereItRunsOnAnUnsupportedPlatform() throws Exception {
        assertThat(run("-Dos.arch=sparc"))
                .contains("mine/model.yaml:15:9: ONNX Runtime does not run on ")
                .contains(" sparc here (")
                .contains("it needs Linux with glibc 2.28 or newer");
    }

    /** Newer builds report to Microsoft; the sandbox opens no connection beyond loopback. */
    @Test
    void bringsALibraryWithoutTelemetry() throws IOException {
        try (InputStream library =
                getClass().getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
            String content = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(content.contains("ONNX")).isTrue();
            assertThat(content.contains("events.data.microsoft.com")).isFalse();
        }
    }

    /** Class paths are long: 1.29 does not survive a command line of more than 4 kB. */
    @Test
    void survivesALongCommandLine() throws Exception {
        assertThat(run("-Dlong=" + "x".repeat(8_000))).isEqualTo("WebService[mine]\n");
    }

    private String run(String option) throws IOException, InterruptedException {
        TestModel.write(folder, YAML, GOLDEN);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                ModelProgram.class.getName(),
                folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
