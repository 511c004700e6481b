package dev.bes.orchestrator.definition.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bes.orchestrator.definition.load.DefinitionFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that a file system does not take is found before anything is paid. */
class PathLengthTests {

    @TempDir
    Path folder;

    private DefinitionFolder delivering(String to) {
        return new DefinitionFolder(folder)
                .with("job.yaml", DefinitionFolder.GOOD + "delivery: { folder: \"" + to + "\" }\n");
    }

    @Test
    void refusesAFolderThatNeverFits() {
        assertThat(delivering("a/" + "x".repeat(256)).problems())
                .singleElement()
                .asString()
                .startsWith("job.yaml:9:21: 'folder' has a part of 256 bytes, 'xxxxx")
                .endsWith("…', and a file system takes 255");
        assertThat(delivering("\u00fc".repeat(128)).problems())
                .as("bytes count")
                .hasSize(1);
        assertThat(delivering("${definition}" + "x".repeat(253)).problems())
                .singleElement()
                .asString()
                .endsWith("takes 255, whatever the values");
        assertThat(delivering("abcdefghi/".repeat(301)).problems())
                .singleElement()
                .asString()
                .contains("bytes long, and at most 3000 can be used");
        assertThat(delivering("x".repeat(255)).problems()).isEmpty();
    }

    @Test
    void warnsOfAFolderThatMayNotFit() {
        assertThat(delivering("${file.stem}-${request.a:-x}-${request.b:-y}").warnings())
                .singleElement()
                .asString()
                .startsWith("job.yaml:9:21: warning: 'folder' may become too long: with the longest values it has a"
                        + " part of 302 bytes");
        assertThat(delivering("${file.stem}-${run.time:yyyy-MM-dd}/${request.b:-y}-${run.id}")
                        .warnings())
                .isEmpty();
    }

    @Test
    void refusesARunWhoseFolderDoesNotFit() {
        String long100 = "x".repeat(150);
        TemplateValues values = TemplateValues.of("job", "7", Instant.EPOCH)
                .withRequest(Map.of("a", long100, "b", long100, "c", long100));

        assertThat(Templates.resolvePath("out/${request.a}/${request.b}-${request.c}", values))
                .hasSize(4 + 101 + 201);
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Templates.resolvePath("out/${request.a}-${request.b}-${request.c}", values))
                .withMessageContaining(
                        "The folder 'out/${request.a}-${request.b}-${request.c}' of the definition, filled in,"
                                + " has a part of 302 bytes");
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Templates.resolvePath("${request.a}/".repeat(30), values))
                .withMessageContaining("bytes long, and at most 3000 can be used");
    }
}
