package dev.bes.orchestrator.definition;

/**
 * Which scorings need no remote job: small ones are scored by one call of the Request/Response Service (RRS).
 *
 * @param rows most data rows that an input of such a scoring may have, at least 1
 */
public record OneCallLimit(int rows) {}
