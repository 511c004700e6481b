package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides about the files of a drop folder, or the blobs of a container, besides their pattern.
 *
 * @param exclude globs of names that are not taken
 * @param ignoreCase whether globs match in upper and lower case
 * @param temporary globs of names that writers use until a file is complete; null for the usual ones
 * @param minSize smallest size in bytes; null for no limit
 * @param maxSize largest size in bytes; null for no limit
 * @param doneMarker name of the file that says that another one is complete, with {@code {name}} or {@code {stem}} in it;
 *     null if files are complete when they have settled
 * @param duplicates which files are scored whose content was scored before; null for the
 *     default: all, and of files that stay where they are, those that have changed
 * @param after what happens to a file that was scored; null for the default: the archive, and of blobs, to leave them
 * @param group which files become one run; null if each becomes a run of its own
 * @param archiveBy by what the archive has folders; null for none
 * @param recursive whether files in folders below it are taken, too; null if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileOptions(
        List<String> exclude,
        @JsonProperty("ignore-case") boolean ignoreCase,
        @Nullable List<String> temporary,
        @Nullable @JsonProperty("min-size") Long minSize,
        @Nullable @JsonProperty("max-size") Long maxSize,
        @Nullable @JsonProperty("done-marker") String doneMarker,
        @Nullable Duplicates duplicates,
        @Nullable After after,
        @Nullable Group group,
        @Nullable @JsonProperty("archive-by") ArchiveBy archiveBy,
        @Nullable Boolean recursive) {
    /** No option. */
    public static final FileOptions NONE =
            new FileOptions(List.of(), false, null, null, null, null, null, null, null, null, null);

    /** Names that programs give to files that they are still writing. */
    public static final List<String> USUAL_TEMPORARY =
            List.of("*.part", "*.partial", "*.tmp", "*.temp", "*.filepart", "*.crdownload", "*~", "~$*");

    /** Which files are scored whose content was scored before: of files that stay, those that have changed. */
    public Duplicates scoredDuplicates() {
        return duplicates != null ? duplicates : after == After.LEAVE ? Duplicates.WHEN_CHANGED : Duplicates.ALWAYS;
    }

    /** Whether files in folders below it are taken, too. */
    public boolean includesSubFolders() {
        return Boolean.TRUE.equals(recursive);
    }

    /** Globs of names that writers use until a file is complete. */
    public List<String> temporaryNames() {
        return temporary == null ? USUAL_TEMPORARY : temporary;
    }

    /**
     * Which files become one run. The first limit that is reached starts it.
     *
     * @param files how many files a run has at most, and with how many it starts; null for no limit
     * @param longest how long after the first file it starts; null for no limit
     * @param quiet how long after the last file it starts; null for no limit
     * @param by pattern of names with {@code {key}} in it: files with the same key belong together; null if all do
     * @param incomplete what happens to fewer files than {@code files} when their time is over; null to start with them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            @Nullable Integer files,
            @Nullable @JsonProperty("wait") Duration longest,
            @Nullable Duration quiet,
            @Nullable String by,
            @Nullable Incomplete incomplete) {}

    /** What happens to a group that is incomplete when its time is over. */
    public enum Incomplete {
        /** A run starts with what is there. */
        START,
        /** Its run fails, so that its files are kept apart. */
        QUARANTINE
    }

    /** Which files are scored whose content was scored before. */
    public enum Duplicates {
        /** None: each content is scored once, under whatever name it comes. */
        ONCE,
        /** Those with another name: a file that comes again is scored if its content is another one. */
        WHEN_CHANGED,
        /** All. */
        ALWAYS
    }

    /** By what an archive has folders: the day or the month, in UTC, on which a file was taken. */
    public enum ArchiveBy {
        DAY,
        MONTH;

        /** The folders for what was taken at that time, one in the other: year, month, and day if it is by day. */
        public List<String> folders(Instant taken) {
            LocalDate day = LocalDate.ofInstant(taken, ZoneOffset.UTC);
            String year = "%04d".formatted(day.getYear());
            String month = "%02d".formatted(day.getMonthValue());
            return this == MONTH ? List.of(year, month) : List.of(year, month, "%02d".formatted(day.getDayOfMonth()));
        }
    }

    /** What happens to a file that was scored. */
    public enum After {
        /** It is moved to {@code archive/}, below its folder or prefix. */
        ARCHIVE,
        /** It is deleted. */
        DELETE,
        /** It stays where it is. */
        LEAVE
    }
}
