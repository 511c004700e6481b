package dev.bes.orchestrator.retention;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionSettingsTests {
    @ParameterizedTest
    @ValueSource(longs = {0, 59})
    void refusesToPurgeMetadataThatIsInUse(long minutes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(
                        Duration.ZERO, Duration.ofMinutes(minutes), Duration.ofDays(1), Duration.ofSeconds(5)))
                .withMessageContaining("orchestrator.retention.metadata");
    }

    @Test
    void refusesToPurgeRowsOfTheAuditThatTheDatabaseKeeps() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(
                        Duration.ZERO, Duration.ofDays(7), Duration.ofHours(23), Duration.ofSeconds(5)))
                .withMessageContaining("orchestrator.retention.audit");
    }
}
