package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.acceptance.NewRun;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InputSourceTests {
    private static final UUID ROW = UUID.fromString("0b6f3f1c-8c1d-4d8f-9d2b-5a0b6c3f1e2d");

    private final RunParts node = DatabaseFixture.shared().node("a");

    private List<String> json(long run) {
        return node.jdbc()
                .sql("SELECT inputs::text FROM scoring WHERE run_id = ? ORDER BY position")
                .param(run)
                .query(String.class)
                .list();
    }

    @Test
    void comesBackFromTheRowAsItWasAccepted() {
        List<InputSource> sources = List.of(
                new InputFile("/in/a.csv", "a.csv"),
                new InputSource.OwnBlob("orders/a.csv", "\"0x8\"", "b.csv"),
                new InputSource.StoreBlob("lake", "a.csv", "\"0x9\"", "c.csv"),
                new InputSource.OwnRow(ROW, "d.csv"));
        NewRun run = aRun().withFiles(sources).build();

        long id = node.runs().accept(run).id();

        assertThat(node.claim(Sweep.LAUNCH, run))
                .extracting(claim -> claim.inputs().get("input1"))
                .containsExactlyElementsOf(sources);
        assertThat(node.reader().scorings(id, 0, 10))
                .extracting(scoring -> scoring.files().get("input1"))
                .containsExactly("a.csv", "b.csv", "c.csv", "d.csv");
        assertThat(json(id))
                .as("a file as every version before wrote and reads it")
                .containsExactly(
                        "{\"input1\":{\"path\":\"/in/a.csv\",\"name\":\"a.csv\"}}",
                        "{\"input1\":{\"blob\":\"orders/a.csv\",\"etag\":\"\\\"0x8\\\"\",\"name\":\"b.csv\"}}",
                        "{\"input1\":{\"store\":\"lake\",\"blob\":\"a.csv\",\"etag\":\"\\\"0x9\\\"\",\"name\":\"c.csv\"}}",
                        "{\"input1\":{\"row\":\"" + ROW + "\",\"name\":\"d.csv\"}}");
    }

    @Test
    void readsRowsThatKnowMoreThanThisVersionAndNoneOfAKindThatItDoesNotKnow() {
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue("{\"path\":\"/in/a.csv\",\"name\":\"a.csv\",\"more\":1}", InputSource.class))
                .isEqualTo(new InputFile("/in/a.csv", "a.csv"));
        assertThatThrownBy(() -> json.readValue("{\"part\":1,\"name\":\"a.csv\"}", InputSource.class))
                .hasMessageContaining("Input 'a.csv' comes from a kind of source that this version does not know");
    }

    @Test
    void takesOnlyFilesForFilesInUse() {
        NewRun run = aRun().withFiles(List.of(
                        new InputFile("/in/only here/a.csv", "a.csv"),
                        new InputSource.OwnBlob("/in/only here/b.csv", "\"0x8\"", "b.csv")))
                .build();
        node.runs().accept(run);

        assertThat(new InputsInUse(node.jdbc()).under(java.nio.file.Path.of("/in/only here")))
                .containsExactly(java.nio.file.Path.of("/in/only here/a.csv"));
    }
}
