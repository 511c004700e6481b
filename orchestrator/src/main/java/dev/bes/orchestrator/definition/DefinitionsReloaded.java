package dev.bes.orchestrator.definition;

/** The definitions were replaced, because their folder has changed. */
public record DefinitionsReloaded() {}
