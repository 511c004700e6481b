package dev.bes.orchestrator.definition;

import java.time.Duration;

/**
 * How often a scoring is tried: each further attempt is one more paid remote job.
 *
 * @param max attempts in all, at least 1
 * @param backoff wait before the second attempt; doubles with each further one
 */
public record Attempts(int max, Duration backoff) {}
