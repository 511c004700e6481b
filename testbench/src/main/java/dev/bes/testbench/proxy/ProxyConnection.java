package dev.bes.testbench.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One client's connection: one thread forwards calls, another one replies. */
final class ProxyConnection {

    private static final int CHUNK_BYTES = 16 << 10;
    private static final int CONNECT_MILLIS = 10_000;

    private final Socket client;
    private final InetSocketAddress target;
    private final FaultList faults;
    private final Executor threads;
    private final List<Thread> working = new ArrayList<>();
    private @Nullable Socket upstream;
    private boolean ended;
    private volatile boolean discarding;
    private volatile @Nullable ReplyForwarder reply;

    ProxyConnection(Socket client, InetSocketAddress target, FaultList faults, Executor threads) {
        this.client = client;
        this.target = target;
        this.faults = faults;
        this.threads = threads;
    }

    /** Works until one of the two sides, or a fault, ends the connection. */
    void run() {
        work(() -> {
            client.setTcpNoDelay(true);
            CallReader calls = CallReader.of(client.getInputStream());
            for (Call call = calls.next(); call != null && !discarding; call = calls.next()) {
                take(call);
            }
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            end(false);
        });
    }

    /** Ends it at once. */
    synchronized void end(boolean reset) {
        if (ended) {
            return;
        }
        ended = true;
        close(client, reset);
        if (upstream != null) {
            close(upstream, false);
        }
        working.stream().filter(it -> it != Thread.currentThread()).forEach(Thread::interrupt);
    }

    private static void close(Socket socket, boolean reset) {
        try (socket) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // it is closed already
        }
    }

    private void take(Call call) throws IOException, InterruptedException {
        MatchedFault matched = faults.on(call);
        if (matched == null) {
            forward(call, null);
        } else {
            applyFault(call, matched);
        }
    }

    private void applyFault(Call call, MatchedFault matched) throws IOException, InterruptedException {
        switch (matched.fault()) {
            case CallFault.ResetBeforeForwarding _ -> {
                matched.count();
                end(true);
            }
            case CallFault.AnswerWithoutForwarding answer -> {
                matched.count();
                client.getOutputStream().write(HttpReplyBytes.bytes(answer.reply()));
                end(false);
            }
            case CallFault.BlackHole _ -> {
                matched.count();
                discarding = true;
            }
            case CallFault.Delay delay -> {
                matched.pause(delay.each());
                forward(call, matched);
            }
            default -> forward(call, matched);
        }
    }

    private void forward(Call call, @Nullable MatchedFault matched) throws IOException {
        reply = new ReplyForwarder(call, matched, faults, this::repeat);
        call.bytes().writeTo(upstream().getOutputStream());
    }

    private Socket upstream() throws IOException {
        Socket open = upstream;
        if (open == null) {
            open = adopt(connect());
            InputStream replies = open.getInputStream();
            threads.execute(() -> work(() -> passReplies(replies)));
        }
        return open;
    }

    private synchronized Socket adopt(Socket opened) throws IOException {
        upstream = opened;
        if (ended) {
            opened.close();
            throw new SocketException("The client has disconnected");
        }
        return opened;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(target, CONNECT_MILLIS);
        return socket;
    }

    private void passReplies(InputStream replies) throws IOException, InterruptedException {
        byte[] bytes = new byte[CHUNK_BYTES];
        for (int length = replies.read(bytes); length >= 0; length = replies.read(bytes)) {
            ReplyForwarder flow = reply;
            if (flow == null || discarding) {
                continue;
            }
            switch (flow.pass(new ReplyChunk(bytes, length, client.getOutputStream()))) {
                case CONTINUE -> {}
                case DISCARD -> discarding = true;
                case CLOSE -> end(false);
                case RESET -> end(true);
            }
        }
        if (!discarding) {
            end(false);
        }
    }

    private void repeat(Call call) throws IOException {
        try (Socket again = connect()) {
            call.bytes().writeTo(again.getOutputStream());
            again.getInputStream().read();
        }
    }

    private void work(Work work) {
        synchronized (this) {
            working.add(Thread.currentThread());
        }
        try {
            work.run();
        } catch (IOException e) {
            end(!discarding);
        } catch (InterruptedException e) {
            end(true);
        }
    }

    /** The work of one thread. */
    private interface Work {

        void run() throws IOException, InterruptedException;
    }
}
