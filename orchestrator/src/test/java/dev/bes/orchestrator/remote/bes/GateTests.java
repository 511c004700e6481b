package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.Bench.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTests {

    private final Bench bench = new Bench();
    private final BesEndpoints endpoints = bench.endpoints(Duration.ofSeconds(20));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void sendsNoCallOfAnyKindUntilTheTimeHasPassed() {
        bench.farSide.answers(429, "", "Retry-After", "57");
        assertThatThrownBy(() -> endpoints.jobs("toxic").submit(REQUEST)).isInstanceOf(Throttled.class);

        bench.now = bench.now.plusSeconds(50);

        assertThatThrownBy(() -> endpoints.jobs("toxic").submit(REQUEST)).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> endpoints.jobs("toxic").cancel("a1")).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> new BesRequestResponse(endpoints::line).execute("toxic", Map.of(), Map.of()))
                .isInstanceOf(Throttled.class);
        Throttled held = catchThrowableOfType(
                Throttled.class, () -> endpoints.jobs("toxic").status("a1"));
        assertThat(held.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(held).hasMessageContaining("not sent");
        assertThat(bench.farSide.asked).hasSize(1);
    }

    @Test
    void sendsAgainWhenTheTimeHasPassed() {
        bench.farSide.answers(429, "", "Retry-After", "57").answers(204, "");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        bench.now = bench.now.plusSeconds(57);
        endpoints.jobs("toxic").start("a1");

        assertThat(bench.farSide.asked).hasSize(2);
    }

    @Test
    void staysOpenAfterOtherTroubles() {
        bench.farSide.answers(404, "", "Retry-After", "57").answers(204, "");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(NotFound.class);

        endpoints.jobs("toxic").start("a1");

        assertThat(bench.farSide.asked).hasSize(2);
    }
}
