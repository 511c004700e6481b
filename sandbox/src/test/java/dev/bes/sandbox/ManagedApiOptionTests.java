package dev.bes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code --managed-api}: a folder that cannot be used ends the process before it listens. */
class ManagedApiOptionTests {

    private static final String STARTER = "policies/products/starter.xml";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyManagedApi() throws IOException {
        Path bundled = Path.of("managed-api");
        try (Stream<Path> files = Files.walk(bundled)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(bundled.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void aMistakeEndsTheStartWithFileLineAndColumn() throws Exception {
        Path starter = folder.resolve(STARTER);
        Files.writeString(starter, Files.readString(starter).replace("calls=\"5\"", "calls=\"seven\""));

        assertThat(refusal(folder, "."))
                .isEqualTo("sandbox: The managed API cannot be read:\n  " + STARTER
                        + ":5:21: calls=\"seven\" is not a whole number; write digits only, as in calls=\"5\"");
    }

    @Test
    void aFolderThatDoesNotExistEndsTheStart() throws Exception {
        assertThat(refusal(folder, "elsewhere"))
                .isEqualTo("sandbox: There is no folder " + folder.toRealPath().resolve("elsewhere")
                        + " to read the managed API from");
    }

    /** What the process that ends with an error writes. */
    private static String refusal(Path directory, String option) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--managed-api",
                        option,
                        "--managed-port",
                        "0",
                        "--direct-port",
                        "0"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
