package dev.bes.orchestrator.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.bes.orchestrator.definition.load.DefinitionFolder;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class DefinitionsTests {

    public static final Path SHIPPED = Path.of("..", "job-definitions");

    @TempDir
    Path folder;

    @Test
    void readsTheDefinitionShipped() {
        Definitions definitions = DefinitionLoader.load(SHIPPED, Set.of("feature-hashing"), cron -> Optional.empty());

        Definition birdstrikes = definitions.find("birdstrikes").orElseThrow();
        assertThat(definitions.all()).containsExactly(birdstrikes);
        assertThat(birdstrikes.inputs())
                .containsExactly(entry("input1", new Input("samples/birdstrikes.csv", List.of("Wildlife Species"))));
        assertThat(birdstrikes.outputs().values()).extracting(Output::rows).containsExactly(Output.Rows.SAME);
        assertThat(birdstrikes.parameters()).containsEntry("Hashing bitsize", "3");
        assertThat(birdstrikes.triggers().schedules())
                .containsExactly(new Triggers.Schedule("nightly", "0 0 2 * * ?", ZoneId.of("America/New_York")));
        assertThat(birdstrikes.triggers().files())
                .containsExactly(
                        new Triggers.DropFolder("birdstrikes", "*.csv", "input1", Duration.ofSeconds(2), null));
        assertThat(birdstrikes.delivery().folder()).isEqualTo("birdstrikes/${run.id}");
        assertThat(birdstrikes.attempts()).isEqualTo(new Attempts(2, Duration.ofSeconds(30)));
        assertThat(birdstrikes.deadline()).isEqualTo(Duration.ofHours(4));
        assertThat(SHIPPED.resolve("samples/birdstrikes.csv")).exists();
    }

    @Test
    void reportsExactlyThreeMistakesOfThree() {
        String text = DefinitionFolder.GOOD.replace("endpoint", "endpont").replace("same", "sme") + "deadline: soon\n";
        assertThat(folder("job.yaml", text).problems())
                .containsExactly(
                        "job.yaml:2:1: unknown key 'endpont' — did you mean 'endpoint'?",
                        "job.yaml:8:11: 'rows' must be same or any, not sme — did you mean 'same'?",
                        "job.yaml:9:11: 'deadline' must be a duration such as 30s, 5m, 4h, 1h30m or 1d, not 'soon'");
    }

    @Test
    void reportsEveryTemplateOfOneText() {
        assertThat(folder("job.yaml", DefinitionFolder.GOOD + "parameters: {p: '${a} ${b'}\n")
                        .problems())
                .hasSize(2);
    }

    @Test
    void sortsTheMistakesOfAllFiles() {
        DefinitionFolder two = folder("b.yaml", "").with("a.yaml", "- x\n").with("c.yml", DefinitionFolder.GOOD);
        assertThat(two.problems())
                .containsExactly(
                        "a.yaml:1:1: the file must be a group of keys, not a list",
                        "b.yaml: the file is empty",
                        "c.yml: is not read — rename it to end with .yaml");
    }

    @Test
    void saysWhichFileAlreadyHasTheName() {
        String job = DefinitionFolder.GOOD;
        assertThat(folder("job.yaml", job).with("other.yaml", job).problems())
                .containsExactly("other.yaml:1:7: name 'job' is not the name of the file"
                        + " — there is a job.yaml already, so write 'other'");
    }

    @Test
    void demandsAFileForTheFirstInputWhenATriggerBringsNone() {
        String twoInputs =
                DefinitionFolder.GOOD.replace("from: in/*.csv\n", "columns: [a]\n  input2:\n    from: b.csv\n");
        String scheduled = "triggers:\n  schedules: [{name: n, cron: x}]\n";
        String dropped = "triggers:\n  files: [{folder: a, input: input2}]\n";
        assertThat(folder("job.yaml", twoInputs + scheduled).problems())
                .containsExactly("job.yaml:4:3: missing key 'from' — a schedule brings no file");
        assertThat(folder("job.yaml", twoInputs + dropped).problems())
                .containsExactly("job.yaml:4:3: missing key 'from' — a drop folder brings only 'input2'");
        assertThat(folder("job.yaml", twoInputs).problems()).isEmpty();
    }

    @Test
    void refusesBombs() throws IOException {
        Files.writeString(folder.resolve("big.yaml"), "# " + "x".repeat(300_000));
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28});
        String laughs = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assertThat(folder("laughs.yaml", laughs).problems())
                .contains("big.yaml: larger than 256 KB", "binary.yaml: is not UTF-8 text")
                .contains("laughs.yaml:2:8: aliases are not supported — write the value out");
    }

    @Test
    void readsAFileFromWindows() {
        String text = "\uFEFF" + DefinitionFolder.GOOD.replace("\n", "\r\n");
        assertThat(folder("job.yaml", text).load().find("job")).isPresent();
    }

    @Test
    void keepsTheOrderOfInputs() {
        String text = DefinitionFolder.GOOD.replace("outputs:", "  a: {from: a.csv}\noutputs:");
        assertThat(folder("job.yaml", text)
                        .load()
                        .find("job")
                        .orElseThrow()
                        .inputs()
                        .keySet())
                .containsExactly("input1", "a");
    }

    @Test
    void failsWhenThereIsNoFolder() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> new DefinitionFolder(nowhere).load())
                .isInstanceOf(InvalidDefinitionsException.class)
                .hasMessage(nowhere + ": no such folder");
    }

    private DefinitionFolder folder(String file, String text) {
        return new DefinitionFolder(folder).with(file, text);
    }
}
