package dev.bes.orchestrator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseCodeTests {
    @ParameterizedTest
    @EnumSource
    void standsOnThePageOfTriggers(CauseCode code) throws IOException {
        String page = Files.readString(Path.of("../docs/triggers.md"));

        assertThat(page.substring(page.indexOf("\n## Explain"))).contains("`" + code.word() + "`");
    }
}
