package dev.bes.orchestrator.trigger.arrival.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has become of an entry of a drop folder or of a container. */
public enum FileState {
    /** It waits for something else than its writer. */
    SEEN("seen"),
    /** Its size or modification time changed a short while ago. */
    SETTLING("settling"),
    /** It has settled and will be taken. */
    COMPLETE("complete"),
    /** It has settled and waits until its group is complete. */
    GROUPED("grouped"),
    /** It was taken, and its run is unfinished. */
    CLAIMED("taking processing"),
    /** It was scored, and lies where it was; or it changed after that, and belongs to another run now. */
    SCORED("left scored-again"),
    /** Its run has finished, and it lies in the archive. */
    ARCHIVED("archive"),
    /** Its run has finished, and it was deleted. */
    DELETED("deleted"),
    /** Its content was scored before; it is not scored, and lies in the archive. */
    DUPLICATE("duplicate"),
    /** Its run has failed, or it changed after it was scored; it is kept apart. */
    QUARANTINED("failed changed"),
    /** It was in quarantine, and somebody put it back into its folder, where it has a row of its own. */
    RETRIED("retried"),
    /** It lies in the folder and is not taken. */
    IGNORED("ignored"),
    /** It was removed before it was taken. */
    GONE("gone"),
    /** A node of a newer version has put it into a state that this version does not know. */
    UNKNOWN("unknown");

    private final String locations;

    FileState(String locations) {
        this.locations = locations;
    }

    private List<String> locations() {
        return List.of(locations.split(" "));
    }

    /** The state as a word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a location; unknown if a newer version wrote it. */
    static FileState at(String location) {
        return Arrays.stream(values())
                .filter(state -> state.locations().contains(location))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The condition on the column {@code location}, in literals, so that the planner can choose a partial index. */
    String condition() {
        return this == UNKNOWN
                ? "location NOT IN " + literals(Arrays.stream(values()).flatMap(state -> state.locations().stream()))
                : "location IN " + literals(locations().stream());
    }

    private static String literals(Stream<String> locations) {
        return locations.map(location -> "'" + location + "'").collect(Collectors.joining(", ", "(", ")"));
    }
}
