package dev.bes.orchestrator.run.query;

import java.time.Instant;

/**
 * A live scoring that is retried after a failure.
 *
 * @param run its run
 * @param position its number in the run
 * @param endpoint its endpoint
 * @param cause what went wrong last
 * @param failures failed calls in a row
 * @param dueAt when it is tried next
 */
public record RetryingView(long run, int position, String endpoint, String cause, int failures, Instant dueAt) {}
