package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What starts a run of a definition besides a request.
 *
 * @param schedules calendar times
 * @param files drop folders
 */
public record Triggers(List<Schedule> schedules, List<DropFolder> files) {

    /** The schedule of that name. */
    public Optional<Schedule> schedule(String name) {
        return schedules.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /**
     * A calendar time.
     *
     * @param name unique within the definition
     * @param cron Quartz cron expression, with seconds
     * @param zone time zone of the expression
     */
    public record Schedule(String name, String cron, ZoneId zone) {}

    /**
     * A folder whose files each become a run.
     *
     * @param folder relative to the configured drop root
     * @param pattern glob that the file's name must match
     * @param input name of the input that the file feeds
     * @param settle how long size and modification time must not change before the file is taken
     * @param changed what happens to a file whose content changed after it was scored; null for quarantine
     */
    public record DropFolder(
            String folder,
            String pattern,
            String input,
            Duration settle,

            // left out of the frozen text, so that equal definitions of older versions have equal texts
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Changed changed) {

        /** Whether the file's name matches the pattern. */
        public boolean matches(Path file) {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(file.getFileName());
        }
    }

    /** What happens to a file that changed after it was scored. */
    public enum Changed {
        /** It is moved to {@code changed/}. */
        QUARANTINE,
        /** It becomes another run, once it has settled again. */
        SCORE_AGAIN
    }
}
