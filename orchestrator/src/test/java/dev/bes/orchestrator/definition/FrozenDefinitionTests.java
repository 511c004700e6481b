package dev.bes.orchestrator.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition.OneCallLimit;
import dev.bes.orchestrator.definition.load.DefinitionFolder;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenDefinitionTests {

    private static final Definition SHIPPED = DefinitionLoader.load(
                    DefinitionsTests.SHIPPED, Set.of("feature-hashing"), cron -> Optional.empty())
            .find("birdstrikes")
            .orElseThrow();

    @TempDir
    Path folder;

    @Test
    void comesBackEqual() {
        assertThat(FrozenDefinition.of(SHIPPED).definition()).isEqualTo(SHIPPED);
        Definition bare = job("");
        assertThat(FrozenDefinition.of(bare).definition()).isEqualTo(bare);
    }

    @Test
    void keepsTheOrderOfInputsEvenIfKeysAreSorted() {
        Definition two = job("", "  a: {from: a.csv}\n");
        assertThat(FrozenDefinition.of(two).definition().inputs().keySet()).containsExactly("input1", "a");
    }

    @Test
    void isTheSameTextForEqualDefinitions() {
        FrozenDefinition one = FrozenDefinition.of(job("parameters: {a: x, b: y}\n"));
        FrozenDefinition other = FrozenDefinition.of(job("parameters: {b: y, a: x}\ndeadline: 1d\n"));
        assertThat(one).isEqualTo(other);
        assertThat(one.sha256()).isEqualTo(other.sha256()).hasSize(64);
        assertThat(one.sha256())
                .isNotEqualTo(FrozenDefinition.of(job("deadline: 2d\n")).sha256());
    }

    @Test
    void hasTheTextThatRunsInADatabaseHave() {
        assertThat(FrozenDefinition.of(SHIPPED).json()).isEqualTo("""
                        {"attempts":{"backoff":"PT30S","max":2},"deadline":"PT4H",\
                        "delivery":{"folder":"birdstrikes/${run.id}"},\
                        "description":"Hashes the species of every reported bird strike into features.",\
                        "endpoint":"feature-hashing",\
                        "inputs":[{"columns":["Wildlife Species"],"from":"samples/birdstrikes.csv","name":"input1"}],\
                        "name":"birdstrikes",\
                        "outputs":{"output1":{"columns":["Wildlife Species","Wildlife Species_HashingFeature.0"],"rows":"SAME"}},\
                        "parameters":{"Hashing bitsize":"3","Target column":"Wildlife Species"},"priority":10,\
                        "triggers":{"files":[{"folder":"birdstrikes","input":"input1","pattern":"*.csv","settle":"PT2S"}],\
                        "schedules":[{"cron":"0 0 2 * * ?","name":"nightly","zone":"America/New_York"}]}}""");
    }

    @Test
    void keepsWhatGoesByRequestResponse() {
        Definition small = job("request-response: {rows: 7}\n");

        assertThat(small.requestResponse()).isEqualTo(new OneCallLimit(7));
        assertThat(FrozenDefinition.of(small).definition()).isEqualTo(small);
        assertThat(FrozenDefinition.of(small)).isNotEqualTo(FrozenDefinition.of(job("")));
    }

    @Test
    void readsATextWithKeysOfAnotherVersion() {
        String json = FrozenDefinition.of(SHIPPED).json().replaceAll("\\{(?=\"(attempts|columns)\")", "{\"past\":[1],");
        assertThat(json).contains("past");
        assertThat(new FrozenDefinition(json).definition()).isEqualTo(SHIPPED);
    }

    @Test
    void readsATextOfATimeWithoutPriorities() {
        String json = FrozenDefinition.of(SHIPPED).json().replace("\"priority\":10,", "");
        assertThat(json).doesNotContain("priority");
        assertThat(new FrozenDefinition(json).definition()).isEqualTo(SHIPPED);
    }

    private Definition job(String addition) {
        return job(addition, "");
    }

    private Definition job(String addition, String inputs) {
        String text = DefinitionFolder.GOOD.replace("outputs:", inputs + "outputs:") + addition;
        return new DefinitionFolder(folder)
                .with("job.yaml", text)
                .load()
                .find("job")
                .orElseThrow();
    }
}
