package dev.bes.testbench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds ports outside the range of outgoing connections, so that they stay free while their server restarts. */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int AFTER_LAST = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    /**
     * A free port of the loopback address.
     *
     * @throws IllegalStateException when none was found
     */
    public static int find() {
        // random without a seed: two programs at the same time must not try the same ports
        RandomGenerator random = RandomGenerator.getDefault();
        return random.ints(TRIES, FIRST, AFTER_LAST)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free port was found on this machine"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
