package dev.bes.orchestrator.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named input of the web service.
 *
 * @param from file or glob for this input when the trigger brings no file for it, relative to the folder of the
 *     definition; the first input may match many files (one scoring each), every other exactly one
 * @param columns columns that the header must have; empty allows any header
 */
public record Input(@Nullable String from, List<String> columns) {}
