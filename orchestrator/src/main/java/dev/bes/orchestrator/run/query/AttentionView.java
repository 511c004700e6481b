package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.Attention;

/**
 * A scoring that needs attention.
 *
 * @param run its run
 * @param position its number in the run
 * @param endpoint its endpoint
 * @param attention why
 * @param cause why, in a sentence
 */
public record AttentionView(long run, int position, String endpoint, Attention attention, String cause) {}
