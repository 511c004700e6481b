package dev.bes.testbench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds ports that stay free while their server is down for a moment: none that outgoing calls are given. */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int AFTER_LAST = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    /**
     * A port of the loopback address that nobody listens on now.
     *
     * @throws IllegalStateException when none was found
     */
    public static int find() {
        // not from a seed: two programs side by side must not look in the same places
        RandomGenerator random = RandomGenerator.getDefault();
        return random.ints(TRIES, FIRST, AFTER_LAST)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no free port on this machine"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
