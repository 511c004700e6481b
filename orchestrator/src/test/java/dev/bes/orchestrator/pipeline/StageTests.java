package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTests {
    @TempDir
    Path folder;

    private final Bench bench = new Bench();
    private final Shelf shelf = new Shelf();

    private Outcome stage(ClaimBuilder claim) {
        return new Stage(shelf, bench.waits, bench.settings).process(claim.build());
    }

    private ClaimBuilder day(String content) throws IOException {
        return aClaim(Step.PLANNED)
                .file(Files.writeString(folder.resolve("day.csv"), content).toString());
    }

    @Test
    void uploadsTheFileUnderItsHash() throws IOException {
        Move move = Bench.move(stage(day("text\na\nb\nc\n")));

        assertThat(move.to().step()).isEqualTo(Step.STAGED);
        assertThat(String.valueOf(move.fact())).contains("rowsIn=3");
        assertThat(shelf.blobs).hasSize(1).allSatisfy((path, bytes) -> {
            assertThat(path).matches("in/7/3-1/input1-[0-9a-f]{16}\\.csv");
            assertThat(bytes).asString().isEqualTo("text\na\nb\nc\n");
        });
    }

    @Test
    void uploadsNothingOfABadFile() throws IOException {
        assertThat(Bench.failure(stage(day("text\na,b\n").attempt(1, 3))))
                .isEqualTo("Input 'input1' (my day.csv) line 2 has 2 fields, the header has 1");
        assertThat(shelf.blobs).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAway() throws IOException {
        shelf.trouble = new RemoteException.Unavailable("away");

        assertThat(Bench.later(stage(day("text\na\n"))).trouble()).isEqualTo("Staging waits: away");
    }

    @Test
    void failsWhenTheStoreHoldsOtherContent() throws IOException {
        shelf.trouble = new RemoteException.Rejected("BlobAlreadyExists", "it holds other content");

        assertThat(Bench.failure(stage(day("text\na\n")))).isEqualTo("it holds other content");
    }

    @ParameterizedTest
    @EnumSource(names = {"STAGED", "SUBMITTED"})
    void leavesAloneWhatIsStagedAlready(Step step) {
        assertThat(List.of(stage(aClaim(step).file("/gone.csv")))).hasOnlyElementsOfType(Outcome.Ready.class);
        assertThat(shelf.blobs).isEmpty();
    }
}
