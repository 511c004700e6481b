package dev.bes.testbench.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpFaultTests {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Upstream upstream = new Upstream();
    private final FaultProxy proxy = FaultProxy.open(0, upstream.address());
    private final ProxyClient client = new ProxyClient(proxy);

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        upstream.close();
    }

    @Test
    void passesRequestsAndRepliesAsTheyAre() throws Exception {
        assertThat(client.get("/a").body()).isEqualTo("reply 1");
        assertThat(client.post("/b").body()).isEqualTo("reply 2");
        String long3 = "x".repeat(300_000);
        InputStream chunks = new ByteArrayInputStream(long3.getBytes(UTF_8));
        assertThat(client.postInChunks("/c", chunks).body()).isEqualTo("reply 3");

        assertThat(upstream.requests()).containsExactly("GET /a", "POST /b body", "POST /c " + long3);
    }

    @Test
    void delaysACallThatItsClientHasGivenUp() {
        InjectedFault delay = proxy.inject(new CallFault.Delay(TEN_MINUTES));

        assertThatThrownBy(() -> client.post("/late", Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        assertThat(upstream.requests()).isEmpty();

        delay.clear();
        await().untilAsserted(() -> assertThat(upstream.requests()).containsExactly("POST /late body"));
        assertThat(delay.applied()).isEqualTo(1);
    }

    @Test
    void delaysCallAndReply() throws Exception {
        client.get("/warm");
        proxy.inject(new CallFault.Delay(Duration.ofMillis(50)));
        long began = System.nanoTime();

        assertThat(client.get("/slow").body()).isEqualTo("reply 2");

        assertThat(System.nanoTime() - began).isGreaterThan(100_000_000);
    }

    @Test
    void stopsAReplyHalfWay() throws Exception {
        InjectedFault stall = proxy.inject(new CallFault.Stall(4));

        try (InputStream reply = client.open("/a")) {
            assertThat(reply.readNBytes(4)).asString(UTF_8).isEqualTo("repl");
            await().until(() -> stall.applied() == 1);
            assertThat(reply.available()).isZero();

            stall.clear();
            assertThat(reply.readAllBytes()).asString(UTF_8).isEqualTo("y 1");
        }
    }

    @Test
    void dripsAReply() throws Exception {
        InjectedFault drip = proxy.inject(new CallFault.Drip(Duration.ofMillis(20)));
        long began = System.nanoTime();

        assertThat(client.get("/a").body()).isEqualTo("reply 1");

        assertThat(System.nanoTime() - began).isGreaterThan(7 * 20_000_000L);
        assertThat(drip.applied()).isEqualTo(1);
    }

    @Test
    void cutsAReplyShort() throws Exception {
        InjectedFault truncate = proxy.inject(new CallFault.Truncate(4));

        try (InputStream reply = client.open("/a")) {
            assertThat(reply.readNBytes(4)).asString(UTF_8).isEqualTo("repl");
            assertThatThrownBy(reply::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(truncate.applied()).isEqualTo(1);
    }

    @Test
    void leavesAReplyAloneThatIsShorterThanTheCut() throws Exception {
        InjectedFault truncate = proxy.inject(new CallFault.Truncate(7));

        assertThat(client.get("/a").body()).isEqualTo("reply 1");
        assertThat(truncate.applied()).isZero();
    }

    @Test
    void resetsBeforeTheTargetHearsOfIt() {
        InjectedFault reset = proxy.inject(new CallFault.ResetBeforeForwarding());

        assertThatThrownBy(() -> client.post("/a")).isInstanceOf(IOException.class);
        assertThat(reset.applied()).isEqualTo(1);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void losesTheReplyToACallThatHadItsEffect() throws Exception {
        CallMatcher start = CallMatcher.request("POST", "/jobs/[^/]+/start\\?").next(1);
        InjectedFault lost = proxy.inject(new CallFault.ResetAfterForwarding(), start);

        assertThat(client.get("/jobs/7/start?api-version=2.0").body()).isEqualTo("reply 1");
        assertThat(client.post("/jobs?api-version=2.0").body()).isEqualTo("reply 2");
        assertThatThrownBy(() -> client.post("/jobs/7/start?api-version=2.0")).isInstanceOf(IOException.class);
        assertThat(upstream.requests()).hasSize(3).last().isEqualTo("POST /jobs/7/start body");
        assertThat(client.post("/jobs/7/start?api-version=2.0").body()).isEqualTo("reply 4");

        assertThat(lost.applied()).isEqualTo(1);
    }

    @Test
    void sendsARequestTwiceAndPassesTheFirstReply() throws Exception {
        InjectedFault twice = proxy.inject(new CallFault.Duplicate());

        assertThat(client.post("/a").body()).isEqualTo("reply 1");

        assertThat(upstream.requests()).containsExactly("POST /a body", "POST /a body");
        assertThat(twice.applied()).isEqualTo(1);
    }

    @Test
    void answersInsteadOfTheTarget() throws Exception {
        Reply busy = new Reply(429, Map.of("Retry-After", "7"), "busy");
        proxy.inject(
                new CallFault.AnswerWithoutForwarding(busy),
                CallMatcher.always().next(1));

        HttpResponse<String> reply = client.post("/a");

        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("Retry-After")).contains("7");
        assertThat(reply.body()).isEqualTo("busy");
        assertThat(client.post("/b").body()).isEqualTo("reply 1");
    }

    @Test
    void answersOtherwiseThanTheTarget() throws Exception {
        InjectedFault other = proxy.inject(new CallFault.AnswerAfterForwarding(Reply.json(502, "<html>")));

        HttpResponse<String> reply = client.post("/a");

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.body()).isEqualTo("<html>");
        assertThat(upstream.requests()).containsExactly("POST /a body");
        assertThat(other.applied()).isEqualTo(1);
    }

    @Test
    void swallowsWhatComes() throws Exception {
        client.get("/existing-connection");
        InjectedFault hole = proxy.inject(new CallFault.BlackHole());

        assertThatThrownBy(() -> client.post("/a", Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        hole.clear();

        assertThat(client.post("/b").body()).isEqualTo("reply 2");
        assertThat(upstream.requests()).containsExactly("GET /existing-connection", "POST /b body");
        assertThat(hole.applied()).isEqualTo(1);
    }

    @Test
    void swallowsTheReplyToACallThatIsUnderWay() throws Exception {
        var reply = client.postLater(Upstream.HELD);
        await().until(() -> upstream.requests().size() == 1);
        InjectedFault hole = proxy.inject(new CallFault.BlackHole());

        upstream.letGo();

        await().until(() -> hole.applied() == 1);
        assertThat(reply).isNotDone();
    }

    @Test
    void breaksConnectionsThatWereUsedBefore() throws Exception {
        InjectedFault stale = proxy.inject(
                new CallFault.ResetBeforeForwarding(), CallMatcher.always().onUsedConnections());
        client.post("/a");

        assertThatThrownBy(() -> client.post("/b")).isInstanceOf(IOException.class);
        client.post("/c");

        assertThat(upstream.requests()).containsExactly("POST /a body", "POST /c body");
        assertThat(stale.applied()).isEqualTo(1);
    }

    @Test
    void letsTheOldestFaultThatFitsHaveTheCall() throws Exception {
        InjectedFault first = proxy.inject(new CallFault.AnswerWithoutForwarding(Reply.json(500, "first")));
        proxy.inject(new CallFault.AnswerWithoutForwarding(Reply.json(500, "second")));

        assertThat(client.get("/a").body()).isEqualTo("first");
        first.clear();
        assertThat(client.get("/a").body()).isEqualTo("second");
        proxy.clear();
        assertThat(client.get("/a").body()).isEqualTo("reply 1");
    }
}
