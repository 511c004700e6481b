package dev.bes.api;

import java.time.Instant;
import java.util.Map;

/**
 * A dropped file that somebody wrote to after it had been scored: what was delivered is of its earlier content.
 *
 * @param run the run that scored the earlier content
 * @param name its name
 * @param path where it lies
 * @param since when the change was found
 * @param links the run
 */
public record ChangedFileJson(long run, String name, String path, Instant since, Map<String, String> links) {}
