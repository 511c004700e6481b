package dev.bes.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that the build trains, trained once more. */
class StrikeDamageTests {

    static final Path BUILT = Path.of("target", "models");
    static final Path DATA = Path.of("..", "job-definitions", "samples", "birdstrikes.csv");
    private static final Path SOURCE = Path.of(StrikeDamage.NAME);

    private static StrikeDamage again;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        again = StrikeDamage.train(SOURCE, DATA);
    }

    @Test
    void isTheSameInEachBuild() throws IOException {
        again.write(folder);

        for (String file : List.of("model.onnx", "golden.csv", "model.yaml")) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(BUILT.resolve(StrikeDamage.NAME, file));
        }
        assertThat(Files.size(folder.resolve("model.onnx"))).isLessThan(5_000);
    }

    @Test
    void isAsGoodAsItsReadmeSays() throws IOException {
        assertThat(SOURCE.resolve("README.md"))
                .content()
                .contains(again.evaluation().table());
    }

    /** Reading it scores the golden rows, which Tribuo has scored itself. */
    @Test
    void isAServiceOfTheSandbox() {
        WebService service = Catalogue.demo().withModels(BUILT).named(StrikeDamage.NAME);

        assertThat(service.inputNames()).containsExactly("input1");
        assertThat(service.outputs()).containsExactly("output1");
    }
}
