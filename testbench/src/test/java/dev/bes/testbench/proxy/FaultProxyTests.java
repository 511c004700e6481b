package dev.bes.testbench.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultProxyTests {

    private final Upstream upstream = new Upstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void endsWhateverItHoldsUp() throws Exception {
        FaultProxy proxy = FaultProxy.open(0, upstream.address());
        Socket idle = connect(proxy);
        Socket stalled = held(proxy, new CallFault.Stall(0));
        Socket delayed = held(proxy, new CallFault.Delay(Duration.ofMinutes(10)));
        Socket dripping = held(proxy, new CallFault.Drip(Duration.ofMinutes(10)));
        Socket swallowed = held(proxy, new CallFault.BlackHole());
        int port = proxy.port();

        proxy.close();

        for (Socket client : new Socket[] {idle, stalled, delayed, dripping, swallowed}) {
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
            client.close();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @MethodSource
    void resetsConnections(CallFault callFault) throws Exception {
        try (FaultProxy proxy = FaultProxy.open(0, upstream.address());
                Socket client = connect(proxy)) {
            proxy.inject(callFault);
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

            assertThatThrownBy(() -> client.getInputStream().read()).hasMessage("Connection reset");
        }
    }

    static Stream<CallFault> resetsConnections() {
        return Stream.of(new CallFault.ResetBeforeForwarding(), new CallFault.ResetAfterForwarding());
    }

    @Test
    void resetsTheClientOfATargetThatIsNotThere() throws Exception {
        upstream.close();
        try (FaultProxy proxy = FaultProxy.open(0, upstream.address());
                Socket client = connect(proxy)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void closesTheClientsConnectionWhenTheTargetClosesIts() throws Exception {
        try (FaultProxy proxy = FaultProxy.open(0, upstream.address());
                Socket client = connect(proxy)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));

            assertThat(client.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .endsWith("reply 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nContent-Le", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "\0\0\0\1"})
    void forwardsNothingOfACallThatIsNotWhole(String bytes) throws Exception {
        try (FaultProxy proxy = FaultProxy.open(0, upstream.address());
                Socket client = connect(proxy)) {
            client.getOutputStream().write(bytes.getBytes(US_ASCII));
            client.shutdownOutput();

            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void refusesFaultsOutOfBounds() {
        assertThatThrownBy(() -> new CallFault.Delay(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallFault.Drip(Duration.ofMinutes(11)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallFault.Stall(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallFault.Truncate(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Socket held(FaultProxy proxy, CallFault callFault) throws IOException {
        InjectedFault injected = proxy.inject(
                callFault, CallMatcher.request("GET", callFault.getClass().getSimpleName()));
        Socket client = connect(proxy);
        client.getOutputStream()
                .write(("GET /" + callFault.getClass().getSimpleName() + " HTTP/1.1\r\n\r\n").getBytes(US_ASCII));
        await().until(() -> injected.applied() == 1);
        return client;
    }

    private static Socket connect(FaultProxy proxy) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }
}
