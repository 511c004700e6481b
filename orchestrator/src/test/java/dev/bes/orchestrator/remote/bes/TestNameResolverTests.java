package dev.bes.orchestrator.remote.bes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.http.EndpointCircuitBreaker;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestNameResolverTests {

    private final BesFixture besFixture = new BesFixture();

    @AfterEach
    void close() {
        besFixture.close();
    }

    @Test
    void reachesTheRemoteOnceDnsKnowsItsName() {
        int port = URI.create(besFixture.scriptedService.url()).getPort();
        TwoStepJobs jobs = besFixture
                .endpoints("http://far-side.test:" + port, Duration.ofSeconds(20), Form.SAS)
                .jobs("toxic");
        assertThatThrownBy(() -> jobs.start("a1"))
                .isInstanceOf(Unavailable.class)
                .hasMessage(
                        "Endpoint toxic, start: cannot connect (check orchestrator.endpoints.toxic.url and the network)");

        TestNameResolver.add("far-side.test");
        besFixture.scriptedService.answers(204, "");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(RemoteException.class)
                .untilAsserted(() -> {
                    besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.LONGEST);
                    jobs.start("a1");
                });
    }
}
