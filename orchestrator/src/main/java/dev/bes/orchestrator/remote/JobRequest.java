package dev.bes.orchestrator.remote;

import java.time.Duration;
import java.util.Map;

/**
 * What a remote job reads, writes and is told.
 *
 * @param inputs blob path in our container by input name
 * @param outputs blob path in our container by output name
 * @param parameters global parameters
 * @param validity how long the remote side may use the blobs
 */
public record JobRequest(
        Map<String, String> inputs, Map<String, String> outputs, Map<String, String> parameters, Duration validity) {}
