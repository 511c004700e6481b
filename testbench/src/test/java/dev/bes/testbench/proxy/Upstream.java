package dev.bes.testbench.proxy;

import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An HTTP server that notes its requests and says to each how many they are by now. */
final class Upstream implements AutoCloseable {

    /** Below this path replies wait for {@link #letGo()}. */
    static final String HELD = "/held";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final HttpPort port = HttpPort.open(0, this::answer);

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), port.url().getPort());
    }

    /** Method, path and body of each request. */
    List<String> requests() {
        return requests;
    }

    void letGo() {
        held.countDown();
    }

    @Override
    public void close() {
        letGo();
        port.close();
    }

    private Reply answer(Request request) {
        requests.add((request.method() + " " + request.path() + " " + request.body()).strip());
        Reply reply = Reply.json(200, "reply " + requests.size());
        if (request.path().startsWith(HELD)) {
            awaitLetGo();
        }
        return reply;
    }

    private void awaitLetGo() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
