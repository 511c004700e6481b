package dev.bes.orchestrator.pipeline.collect;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.pipeline.collect.OutputDelivery.TemporaryFile;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDeliveryTests {
    @TempDir
    Path folder;

    private OutputDelivery delivery() {
        return new OutputDelivery(new StepFixture(folder.resolve("delivered")).settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../elsewhere", "a/../../b", "/etc", "../delivered-too"})
    void refusesAFolderOutsideOfItsRoot(String outside) {
        assertThatThrownBy(() ->
                        delivery().open(aClaim(Step.SCORED).deliveredTo(outside).build(), "output1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is outside of");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hidesAFileUntilItIsDelivered() throws IOException {
        TemporaryFile file = delivery().open(aClaim(Step.SCORED).build(), "output1");
        Files.writeString(file.path(), "1");

        assertThat(file.path().getFileName().toString()).startsWith(".").endsWith(".part");
        assertThat(file.target()).doesNotExist();
        delivery().deliver(aClaim(Step.SCORED).build(), Map.of("output1", file));
        assertThat(file.target()).hasContent("1");
        assertThat(file.target().getParent()).isDirectoryNotContaining(path -> !path.equals(file.target()));
    }

    @Test
    void beginsAfreshWhereADeadNodeLeftOff() throws IOException {
        Files.writeString(
                delivery().open(aClaim(Step.SCORED).build(), "output1").path(), "half of it");

        assertThat(delivery().open(aClaim(Step.SCORED).build(), "output1").path())
                .doesNotExist();
    }

    @Test
    void removesWhatADeadNodeLeftOfTheSameOutput() throws IOException {
        TemporaryFile begun = delivery().open(aClaim(Step.SCORED).build(), "output1");
        Path byTheDead = begun.path()
                .resolveSibling(begun.path().getFileName().toString().replace(".5.", ".4."));
        TemporaryFile other = delivery().open(aClaim(Step.SCORED).build(), "output2");
        Files.writeString(byTheDead, "half of it");
        Files.writeString(other.path(), "another output");

        delivery().open(aClaim(Step.SCORED).expiredLeases(1).build(), "output1");

        assertThat(byTheDead).doesNotExist();
        assertThat(other.path()).exists();
    }

    @Test
    void takesBackWhatWasDeliveredForAScoringThatEndedOtherwise() throws IOException {
        Claim claim = aClaim(Step.SCORED).build();
        OutputDelivery outputDelivery = delivery();
        TemporaryFile file = outputDelivery.open(claim, "output1");
        Files.writeString(file.path(), "1");
        outputDelivery.deliver(claim, Map.of("output1", file));

        outputDelivery.withdraw(claim);

        assertThat(file.target()).doesNotExist();
    }

    @Test
    void removesWhatWasNotDelivered() throws IOException {
        TemporaryFile file = delivery().open(aClaim(Step.SCORED).build(), "output1");
        Files.writeString(file.path(), "1");

        delivery().discard(List.of(file));
        delivery().discard(List.of(file));
        assertThat(file.target().getParent()).isEmptyDirectory();
    }

    @Test
    void givesEveryOutputAPlaceOfItsOwn() throws IOException {
        TemporaryFile one = delivery().open(aClaim(Step.SCORED).build(), "output1");
        TemporaryFile other = delivery().open(aClaim(Step.SCORED).build(), "output2");

        assertThat(one.target()).isNotEqualTo(other.target());
        assertThat(one.path()).isNotEqualTo(other.path());
    }
}
