package dev.bes.orchestrator.remote.http;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.bes.BesCall;
import dev.bes.orchestrator.remote.bes.BesEndpoints;
import dev.bes.orchestrator.remote.bes.BesFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallGateTests {

    private final BesFixture besFixture = new BesFixture();
    private BesEndpoints endpoints = besFixture.endpoints(Duration.ofSeconds(20));

    @AfterEach
    void close() {
        besFixture.close();
    }

    @Test
    void sendsNoCallOfAnyKindUntilTheTimeHasPassed() {
        besFixture.scriptedService.answers(429, "", "Retry-After", "57");
        assertThatThrownBy(() -> endpoints.jobs("toxic").submit(REQUEST)).isInstanceOf(Throttled.class);

        besFixture.now = besFixture.now.plusSeconds(50);

        assertThatThrownBy(() -> endpoints.jobs("toxic").submit(REQUEST)).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> endpoints.jobs("toxic").cancel("a1")).isInstanceOf(Throttled.class);
        assertThatThrownBy(() -> endpoints.oneCall("toxic").score(Map.of(), Map.of()))
                .isInstanceOf(Throttled.class);
        Throttled held = catchThrowableOfType(
                Throttled.class, () -> endpoints.jobs("toxic").status("a1"));
        assertThat(held.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(held).hasMessageContaining("not sent");
        assertThat(besFixture.scriptedService.asked).hasSize(1);
    }

    @Test
    void sendsAgainWhenTheTimeHasPassed() {
        besFixture.scriptedService.answers(429, "", "Retry-After", "57").answers(204, "");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        besFixture.now = besFixture.now.plusSeconds(57);
        endpoints.jobs("toxic").start("a1");

        assertThat(besFixture.scriptedService.asked).hasSize(2);
    }

    @Test
    void hasNothingTakenUpWhileItIsShut() {
        assertThat(endpoints.allowedLaunches("toxic")).isPositive();
        besFixture.scriptedService.answers(429, "", "Retry-After", "57");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        assertThat(endpoints.allowedLaunches("toxic")).isZero();
        assertThat(endpoints.allowedPolls("toxic")).isZero();
        besFixture.now = besFixture.now.plusSeconds(57);
        assertThat(endpoints.allowedLaunches("toxic")).isPositive();
        assertThat(endpoints.allowedPolls("toxic")).isPositive();
    }

    @Test
    void staysOpenAfterOtherTroubles() {
        besFixture.scriptedService.answers(404, "", "Retry-After", "57").answers(204, "");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(NotFound.class);

        endpoints.jobs("toxic").start("a1");

        assertThat(besFixture.scriptedService.asked).hasSize(2);
    }

    private static final String BAD_GATEWAY = "<html><h1>502 Bad Gateway</h1></html>";

    private void failInARow(int times) {
        for (int i = 0; i < times; i++) {
            besFixture.scriptedService.answers(502, BAD_GATEWAY, "Content-Type", "text/html");
            assertThatThrownBy(() -> endpoints.jobs("toxic").status("a1")).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void sendsNoCallOfAnyKindToAFarSideThatGivesNoAnswers() {
        failInARow(EndpointCircuitBreaker.FAILURES);

        Throttled held = catchThrowableOfType(
                Throttled.class, () -> endpoints.jobs("toxic").submit(REQUEST));

        assertThat(held)
                .hasMessage(
                        "Endpoint toxic, submit: not sent, the last calls had no answer, so the endpoint is tried again later");
        assertThat(held.retryAfter()).isEqualTo(EndpointCircuitBreaker.SHORTEST);
        assertThat(besFixture.scriptedService.asked).hasSize(EndpointCircuitBreaker.FAILURES);
    }

    @Test
    void triesWithOneCallAndGoesOnWhenThatHasAnAnswer() {
        failInARow(EndpointCircuitBreaker.FAILURES);
        besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.SHORTEST);
        failInARow(1);
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.SHORTEST.multipliedBy(2));
        besFixture.scriptedService.answers(404, "").answers(204, "");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1"))
                .as("an answer, if not the one hoped for")
                .isInstanceOf(NotFound.class);
        endpoints.jobs("toxic").start("a1");

        assertThat(besFixture.scriptedService.asked).hasSize(EndpointCircuitBreaker.FAILURES + 3);
    }

    @Test
    void leavesAFarSideAloneThatCannotBeReached() {
        besFixture.scriptedService.close();
        for (int i = 0; i < EndpointCircuitBreaker.FAILURES; i++) {
            assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Unavailable.class);
        }

        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);
    }

    @Test
    void countsNoCallThatWasBrokenOffHere() {
        CallGate callGate = new CallGate(
                "toxic",
                () -> besFixture.now,
                new EndpointCircuitBreaker(besFixture.breakers, "toxic", () -> besFixture.now, () -> 1),
                besFixture.budget);
        for (int i = 0; i < EndpointCircuitBreaker.FAILURES; i++) {
            assertThatThrownBy(() -> callGate.pass(BesCall.START, () -> {
                        Thread.currentThread().interrupt();
                        throw new Unavailable("interrupted");
                    }))
                    .isInstanceOf(Unavailable.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(callGate.pass(BesCall.START, () -> "sent")).isEqualTo("sent");
    }

    @Test
    void triesAgainSoonWhenTheCallThatTriedWasBrokenOffHere() {
        failInARow(EndpointCircuitBreaker.FAILURES);
        besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.SHORTEST);
        besFixture.scriptedService.answers(502, BAD_GATEWAY, "Content-Type", "text/html");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> endpoints.jobs("toxic").status("a1")).isInstanceOf(Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> endpoints.jobs("toxic").status("a1")).isInstanceOf(Throttled.class);

        besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.SHORTEST);
        assertThat(endpoints.allowedPolls("toxic")).isPositive();
    }

    @Test
    void setsACallAsideForTheStartOfEachJob() {
        besFixture.scriptedService.answers(200, "\"a1\"");
        String id = endpoints.jobs("toxic").submit(REQUEST);
        assertThat(besFixture.budget.told).containsExactly("URGENT", "URGENT", "answered");

        besFixture.scriptedService.answers(204, "").answers(204, "");
        endpoints.jobs("toxic").start(id);
        endpoints.jobs("toxic").start(id);
        assertThat(besFixture.budget.told.subList(3, 6)).containsExactly("answered", "URGENT", "answered");
    }

    @Test
    void tellsTheBudgetOfWhatTheGatewayAsksFor() {
        besFixture.scriptedService.answers(
                429,
                "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 57 seconds.\" }",
                "Retry-After",
                "57");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        assertThat(besFixture.budget.told).contains("shut PT57S");
    }

    @Test
    void tellsTheBudgetNothingOfWhatTheServiceAloneAsksFor() {
        besFixture.scriptedService.answers(
                429, "{\"error\":{\"code\":\"Busy\",\"message\":\"later\"}}", "Retry-After", "57");
        assertThatThrownBy(() -> endpoints.jobs("toxic").start("a1")).isInstanceOf(Throttled.class);

        assertThat(besFixture.budget.told).containsExactly("URGENT", "answered");
    }

    @Test
    void paysForNoCallThatIsNotSent() {
        besFixture.scriptedService.close();
        for (int i = 0; i < EndpointCircuitBreaker.FAILURES; i++) {
            assertThatThrownBy(() -> endpoints.jobs("toxic").status("a1")).isInstanceOf(Unavailable.class);
        }
        besFixture.budget.told.clear();
        assertThatThrownBy(() -> endpoints.jobs("toxic").status("a1")).isInstanceOf(Throttled.class);

        assertThat(besFixture.budget.told).containsExactly("PATIENT", "given back");
    }

    @Test
    void readsWhatTheGatewaySaysIsLeft() {
        besFixture.remainingCallsHeader = "X-Left";
        endpoints = besFixture.endpoints(Duration.ofSeconds(20));
        besFixture.scriptedService.answers(204, "", "X-Left", "41").answers(204, "", "X-Left", "none");
        endpoints.jobs("toxic").start("a1");
        endpoints.jobs("toxic").start("a1");

        assertThat(besFixture.budget.told)
                .containsOnlyOnce("remaining 41")
                .filteredOn(it -> it.startsWith("rem"))
                .hasSize(1);
    }
}
