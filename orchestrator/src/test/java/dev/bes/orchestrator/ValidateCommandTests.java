package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTests {

    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void listsTheGoodDefinitions() {
        assertThat(validate("../job-definitions")).isZero();
        assertThat(out.toString().lines())
                .containsExactly("birdstrikes.yaml: ok, 1 schedule, 1 drop folder", "1 definition, no mistakes");
    }

    @Test
    void listsEveryMistake() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "name: a\nendpoint: nowhere\ninputs: {i: {}}\noutputs: {o: {}}\n");
        Files.writeString(folder.resolve("b.yaml"), "");
        assertThat(validate(folder.toString())).isOne();
        assertThat(out.toString().lines())
                .containsExactly(
                        "a.yaml:2:11: unknown endpoint 'nowhere' — known: feature-hashing",
                        "b.yaml: the file is empty",
                        "2 mistakes in 2 files");
    }

    @Test
    void takesEndpointsFromTheCommandLine() {
        assertThat(validate("../job-definitions", "--endpoints", "iris,wine")).isOne();
        assertThat(out.toString()).contains("unknown endpoint 'feature-hashing' — known: iris, wine");
    }

    private int validate(String... arguments) {
        ValidateCommand command = new ValidateCommand(() -> Set.of("feature-hashing"), cron -> Optional.empty());
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(arguments);
    }
}
