package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.FrozenDefinition;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions whose files share jobs: which are read, and which are refused with a line and a column. */
class FoldDefinitionsTests {
    private static final CronValidator CRON = expression -> Optional.empty();
    private static final String GOOD = """
            name: job
            endpoint: strikes
            inputs:
              input1:
                from: in/*.csv
            outputs:
              score:
                header: absent
                columns: [row, prediction, file_name]
            fold:
              file: file_name
            """;

    @TempDir
    Path folder;

    private Definition load(String text) {
        new DefinitionFolder(folder).with("job.yaml", text);
        return DefinitionLoader.load(
                        folder,
                        Set.of("strikes", "classic"),
                        CRON,
                        new Folders(
                                Path.of("inbox"),
                                Path.of("delivered"),
                                Set.of(),
                                address -> true,
                                endpoint -> true,
                                endpoint -> endpoint.equals("strikes")))
                .all()
                .iterator()
                .next();
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(InvalidDefinitionsException.class, () -> load(text)).problems().stream()
                .map(Diagnostic::toString)
                .toList();
    }

    @Test
    void hasDefaults() {
        assertThat(load(GOOD).fold()).isEqualTo(new Fold(500, 2_000_000, Duration.ZERO, "file_name", null));
    }

    @Test
    void readsEveryKeyAndFreezesIt() {
        Definition definition = load(GOOD + "  row: row\n  files: 20\n  rows: 500k\n  wait: 2m\n");

        assertThat(definition.fold()).isEqualTo(new Fold(20, 500_000, Duration.ofMinutes(2), "file_name", "row"));
        assertThat(definition.delivered("score").columns()).containsExactly("prediction");
        assertThat(FrozenDefinition.of(definition).definition()).isEqualTo(definition);
    }

    @Test
    void takesANumberOfRowsAsItIs() {
        assertThat(load(GOOD + "  rows: 7000\n").fold()).extracting(Fold::rows).isEqualTo(7_000L);
    }

    @Test
    void needsTheColumnOfTheFile() {
        assertThat(problems(GOOD.replace("  file: file_name\n", "  files: 3\n")))
                .containsExactly("job.yaml:10:1: missing key 'file'");
        assertThat(problems(GOOD.replace("  file: file_name\n", "  file: fil_name\n")))
                .containsExactly(
                        "job.yaml:11:9: the output has no column 'fil_name' — name it in 'columns' of the output");
    }

    @Test
    void needsAnEndpointWhoseJobsCanBeShared() {
        assertThat(problems(GOOD.replace("strikes", "classic")))
                .containsExactly(
                        "job.yaml:10:1: 'fold' needs an endpoint of kind azureml, and 'classic' is none — name another endpoint, or remove 'fold'");
    }

    @Test
    void needsOneInputAndOneOutputWithAsManyRows() {
        assertThat(problems(GOOD.replace("outputs:", "  input2:\n    from: b.csv\noutputs:")))
                .containsExactly("job.yaml:12:1: 'fold' needs one input, and there are 2 — remove 'fold'");
        assertThat(problems(GOOD.replace("    header: absent", "    rows: any\n    header: absent")))
                .containsExactly("job.yaml:8:11: 'fold' needs 'rows: same' — lost rows are found by it");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(problems(GOOD + "  row: file_name\n"))
                .containsExactly("job.yaml:12:8: 'row' is the column of 'file' — name another column, or leave it out");
        assertThat(problems(GOOD + "  wait: 25h\n")).containsExactly("job.yaml:12:9: 'wait' must be at most 24h");
        assertThat(problems(GOOD + "  files: 5001\n"))
                .singleElement()
                .asString()
                .startsWith("job.yaml:12:10: ");
        assertThat(problems(GOOD + "  rows: 0\n")).containsExactly("job.yaml:12:9: 'rows' must be from 1 to 99999999");
        assertThat(problems(GOOD + "  rows: 2G\n"))
                .singleElement()
                .asString()
                .contains("must be a number of rows such as 200000, 500k or 2M");
    }
}
