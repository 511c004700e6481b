package dev.bes.orchestrator.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table in memory.
 *
 * @param columns names of the columns; empty if the remote service did not name them
 * @param rows cells as text, null for a missing value
 */
public record Table(List<String> columns, List<List<@Nullable String>> rows) {}
