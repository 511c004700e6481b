package dev.bes.orchestrator.remote;

import java.time.Duration;
import java.util.Map;

/**
 * The inputs, outputs and parameters of a remote job.
 *
 * @param inputs blob path in our container by input name; a path that ends in a slash is a folder of blobs
 * @param outputs blob path in our container by output name
 * @param parameters global parameters
 * @param validity time, from now, in which the remote service may use the blobs
 */
public record JobRequest(
        Map<String, String> inputs, Map<String, String> outputs, Map<String, String> parameters, Duration validity) {}
