package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;

/**
 * The nodes over this database, by their heartbeats.
 *
 * @param nodes the one that started first comes first
 */
public record NodesJson(List<NodeJson> nodes) {

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
