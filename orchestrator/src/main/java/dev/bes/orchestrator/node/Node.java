package dev.bes.orchestrator.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * This process, as history and leases name it.
 *
 * @param name unique among all processes that ever ran
 */
public record Node(String name) {

    /** A name of host, process id and a random suffix, since host and process id repeat. */
    static Node ofThisProcess() {
        String tail = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 4);
        return new Node(host() + "-" + ProcessHandle.current().pid() + "-" + tail);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
