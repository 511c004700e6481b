package dev.bes.sandbox.analytics;

import java.time.Instant;

/**
 * One answered call.
 *
 * @param time when it was answered
 * @param totalNanos time from request to response
 * @param backendNanos time of the backend; 0 when the call did not reach it
 * @param bytes size of request and response together, in bytes
 */
public record CountedCall(Instant time, Series series, int status, long totalNanos, long backendNanos, long bytes) {}
