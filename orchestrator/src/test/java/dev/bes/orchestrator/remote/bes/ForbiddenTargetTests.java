package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an answer says, calls go to the configured address and nowhere else. */
class ForbiddenTargetTests {

    private final BesFixture besFixture = new BesFixture();
    private final ForbiddenTarget forbiddenTarget = new ForbiddenTarget();

    @AfterEach
    void close() {
        besFixture.close();
        forbiddenTarget.close();
    }

    private List<String> addresses() {
        int port = forbiddenTarget.port();
        return List.of(
                "http://127.0.0.1:" + port + "/",
                "//127.0.0.1:" + port + "/",
                "http://localhost:" + port + "/",
                "http://2130706433:" + port + "/",
                "http://[::ffff:127.0.0.1]:" + port + "/",
                "http://127.0.0.1:" + port + "@example.com/",
                "http://example.com@127.0.0.1:" + port + "/",
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd");
    }

    @Test
    void countsConnectionsToTheDecoy() throws Exception {
        new Socket(InetAddress.getLoopbackAddress(), forbiddenTarget.port()).close();

        await().until(() -> forbiddenTarget.visits() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        for (String address : addresses().subList(0, 4)) {
            besFixture
                    .scriptedService
                    .answers(status, "", "Location", address)
                    .answers(status, "", "Location", address);

            assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> besFixture.jobs().status("a1")).isInstanceOf(Unavailable.class);
        }
        assertThat(besFixture.scriptedService.asked).hasSize(8);
        assertThat(forbiddenTarget.visits()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> callsNoAddressThatAResultHolds() {
        return addresses().stream()
                .map(address -> DynamicTest.dynamicTest(address, () -> {
                    besFixture.scriptedService.answers(200, """
                        {"StatusCode": "Finished", "Details": "see %s", "Results": {"output1": {"BaseLocation": "%s",
                         "RelativeLocation": "../../a.csv", "SasBlobToken": "?sig=x", "ConnectionString": "BlobEndpoint=%s"}}}\
                        """.formatted(address, address, address));

                    assertThat(besFixture.jobs().status("a1").state()).isEqualTo(State.FINISHED);
                    assertThat(forbiddenTarget.visits()).isZero();
                }));
    }
}
