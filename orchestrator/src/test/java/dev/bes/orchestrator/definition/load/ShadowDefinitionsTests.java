package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.DefinitionDifference;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.FrozenDefinition;
import dev.bes.orchestrator.definition.Output.Header;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shadows as definitions have them. */
class ShadowDefinitionsTests {
    @TempDir
    Path folder;

    private Definition job(String more) {
        return new DefinitionFolder(folder)
                .with("job.yaml", DefinitionFolder.GOOD + more)
                .load()
                .find("job")
                .orElseThrow();
    }

    @Test
    void readsAShadowAndKeepsItFrozen() {
        Definition usual = job("shadow: {endpoint: iris}\n");
        Definition all =
                job("shadow: {endpoint: iris, share: 0.5%, tolerance: 0.25, columns: {P: 2}, header: absent}\n");

        assertThat(usual.shadow()).isEqualTo(new Shadow("iris", 100, 0.000001, Map.of(), null));
        assertThat(all.shadow()).isEqualTo(new Shadow("iris", 0.5, 0.25, Map.of("P", 2.0), Header.ABSENT));
        assertThat(Objects.requireNonNull(all.shadow()).tolerance("P")).isEqualTo(2);
        assertThat(Objects.requireNonNull(all.shadow()).tolerance("Q")).isEqualTo(0.25);
        assertThat(FrozenDefinition.of(usual).definition()).isEqualTo(usual);
        assertThat(FrozenDefinition.of(all).definition()).isEqualTo(all);
        assertThat(FrozenDefinition.of(job("")).json())
                .as("unchanged since older versions")
                .doesNotContain("shadow");
        assertThat(DefinitionDifference.between(usual, all))
                .contains(new DefinitionDifference("shadow.share", "100.0", "0.5"));
    }

    @Test
    void leavesOutOfAShadowWhatOthersSeeOfARun() {
        Definition main = job("""
                shadow: {endpoint: iris}
                priority: 50
                pool: gpu
                callbacks: [https://hooks.example.com/a]
                fairness: {by: '{key}-*.csv'}
                """);
        Definition shadow = main.asShadow();

        assertThat(main.isShadow()).isFalse();
        assertThat(shadow.isShadow()).isTrue();
        assertThat(FrozenDefinition.of(shadow).definition().isShadow()).isTrue();
        assertThat(shadow.endpoint()).isEqualTo("iris");
        assertThat(shadow.priority()).isOne();
        assertThat(shadow.pool()).isNull();
        assertThat(shadow.fairness()).isNull();
        assertThat(shadow.callbacks()).isEmpty();
        assertThat(shadow.inputs()).isEqualTo(main.inputs());
    }

    @Test
    void warnsOfSeveralInputsWhereAnEndpointTakesOne() {
        job("");
        new DefinitionFolder(folder)
                .with(
                        "job.yaml",
                        DefinitionFolder.GOOD.replace("outputs:", "  input2: {from: b.csv}\noutputs:")
                                + "shadow: {endpoint: iris}\n");
        Folders folders = new Folders(
                Path.of("inbox"), Path.of("delivered"), Set.of(), address -> true, "iris"::equals, endpoint -> true);

        assertThat(DefinitionLoader.load(folder, Set.of("hashing", "iris"), cron -> Optional.empty(), folders)
                        .warnings())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "job.yaml:10:20: warning: endpoint 'iris' takes one input, and the definition has 2: each scoring there fails"
                                + " — join the inputs before");
    }
}
