package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes over this database, by their heartbeats.
 *
 * @param nodes the one that started first comes first, unless the caller wants them in another order
 * @param next where to find the following ones, if there are any
 */
public record NodesJson(List<NodeJson> nodes, @Nullable String next) {

    /**
     * A node.
     *
     * @param name unique among all nodes that ever ran
     * @param startedAt when it wrote its first heartbeat
     * @param lastHeartbeatAt when it wrote its last one
     * @param alive whether that was less than 30 s ago
     * @param clockSkewMs how far its clock is ahead of the database's, in ms
     * @param answering whether it is the node that answers
     */
    public record NodeJson(
            String name,
            Instant startedAt,
            Instant lastHeartbeatAt,
            boolean alive,
            long clockSkewMs,
            boolean answering) {}
}
