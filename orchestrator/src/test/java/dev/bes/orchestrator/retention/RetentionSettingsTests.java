package dev.bes.orchestrator.retention;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionSettingsTests {
    @ParameterizedTest
    @ValueSource(longs = {0, 59})
    void refusesToPurgeMetadataThatIsInUse(long minutes) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RetentionSettings(Duration.ZERO, Duration.ofMinutes(minutes), Duration.ofSeconds(5)))
                .withMessageContaining("orchestrator.retention.metadata");
    }
}
