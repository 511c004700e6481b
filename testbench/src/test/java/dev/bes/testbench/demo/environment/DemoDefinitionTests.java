package dev.bes.testbench.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoDefinitionTests {

    private static final Path SHIPPED = Path.of("../job-definitions/birdstrikes.yaml");

    @Test
    void namesTheSecondInTheZoneOfTheSchedule() throws IOException {
        DemoDefinition shipped = new DemoDefinition(Files.readString(SHIPPED));

        assertThat(shipped.cronAt(Instant.parse("2026-11-24T03:04:05Z"))).isEqualTo("5 4 22 23 11 ?");
        assertThat(shipped.cronAt(Instant.parse("2026-07-01T00:00:59Z"))).isEqualTo("59 0 20 30 6 ?");
    }

    @Test
    void changesNothingButTheCronExpression() throws IOException {
        String text = Files.readString(SHIPPED);
        DemoDefinition shipped = new DemoDefinition(text);

        String changed = shipped.with("1 2 3 4 5 ?");

        assertThat(changed).contains("cron: \"1 2 3 4 5 ?\"").doesNotContain(shipped.cron());
        assertThat(changed.replace("1 2 3 4 5 ?", shipped.cron())).isEqualTo(text);
    }

    @Test
    void namesAllColumnsWhereTheServiceWritesNoHeader() throws IOException {
        String changed = DemoKind.AZUREML.definition(Files.readString(SHIPPED), List.of("A $", "Col2"));

        assertThat(changed)
                .contains("    columns: [Col2]\n")
                .contains("    header: absent\n    columns: [\"A $\", \"Col2\", \"Col2_HashingFeature.0\", ")
                .doesNotContain("parameters", "Wildlife", "bitsize");
    }

    @Test
    void refusesADefinitionWithoutExactlyOneSchedule() {
        assertThatThrownBy(() -> new DemoDefinition("name: x\n")).isInstanceOf(DemoFailure.class);
        assertThatThrownBy(() -> new DemoDefinition("- cron: \"a\"\n  cron: \"b\"\n  cron: \"c\"\n"))
                .isInstanceOf(DemoFailure.class);
    }
}
