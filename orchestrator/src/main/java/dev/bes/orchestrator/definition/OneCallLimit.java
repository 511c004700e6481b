package dev.bes.orchestrator.definition;

/**
 * Which scorings need no remote job: one call of the Request/Response Service (RRS) scores a small input.
 *
 * @param rows maximum number of data rows of each input, at least 1
 */
public record OneCallLimit(int rows) {}
