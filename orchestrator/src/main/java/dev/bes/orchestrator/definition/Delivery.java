package dev.bes.orchestrator.definition;

/**
 * Where checked outputs go.
 *
 * @param folder folder relative to the configured delivery root; may contain templates
 */
public record Delivery(String folder) {}
