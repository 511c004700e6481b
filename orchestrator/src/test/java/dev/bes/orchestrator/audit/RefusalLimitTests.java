package dev.bes.orchestrator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many rows a flood of refused requests makes. */
class RefusalLimitTests {
    private Instant now = Instant.parse("2026-11-28T09:30:00Z");
    private final RefusalLimit limit = new RefusalLimit(() -> now);

    private long admitted(String address, int times) {
        long admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += limit.admits(address) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void limitsOneAddressAndCountsTheRest() {
        assertThat(admitted("192.0.2.1", 1_000)).isEqualTo(RefusalLimit.OF_ADDRESS);
        assertThat(admitted("192.0.2.2", 1)).isEqualTo(1);
        assertThat(limit.leftOut()).isEqualTo(1_000 - RefusalLimit.OF_ADDRESS);
        limit.told(limit.leftOut());
        assertThat(limit.leftOut()).isZero();
    }

    @Test
    void limitsAllAddressesTogether() {
        long admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += admitted("192.0.2." + i, 1);
        }

        assertThat(admitted).isEqualTo(RefusalLimit.OF_NODE);
    }

    @Test
    void beginsAnewEachMinute() {
        admitted("192.0.2.1", 1_000);

        now = now.plus(Duration.ofSeconds(59));
        assertThat(admitted("192.0.2.1", 1)).isZero();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(admitted("192.0.2.1", 1)).isEqualTo(1);
    }
}
