package dev.bes.api.run;

import java.time.Instant;
import java.util.Map;

/**
 * A dropped file that was changed after it had been scored. The delivered outputs belong to its earlier content.
 *
 * @param run the run that scored the earlier content
 * @param name its name
 * @param path its path
 * @param since when the change was detected
 * @param links the run
 */
public record ChangedFileJson(long run, String name, String path, Instant since, Map<String, String> links) {}
