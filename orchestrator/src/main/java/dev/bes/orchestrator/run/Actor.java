package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who caused an entry of the journal: a trigger, a person, or a node by itself. Written as {@code kind:name}.
 *
 * @param kind what sort of cause it is
 * @param name which one of that kind; characters that cannot be seen are replaced by '_', at most 300 characters are kept: all of a user and his key
 */
public record Actor(Kind kind, String name) {
    /** The name of a caller without a name. */
    public static final String ANONYMOUS = "anonymous";

    private static final int LONGEST = 300;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    /** The sorts of cause. */
    public enum Kind {
        /** A schedule of a definition fired. */
        SCHEDULE,
        /** A file arrived in a drop folder. */
        FILE,
        /** A request for a run, by the API or by a page. */
        REQUEST,
        /** A decision about an existing run: to cancel it, or to resume it. */
        USER,
        /** A node did it by itself. */
        NODE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Replaces hidden characters in the name, and shortens it.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Actor {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a " + kind.word() + " is blank");
        }
        String seen = UNSEEN.matcher(name).replaceAll("_");
        name = seen.codePointCount(0, seen.length()) <= LONGEST
                ? seen
                : seen.substring(0, seen.offsetByCodePoints(0, LONGEST));
    }

    /** The schedule of that name. */
    public static Actor schedule(String name) {
        return new Actor(Kind.SCHEDULE, name);
    }

    /** A file in that drop folder. */
    public static Actor file(String folder) {
        return new Actor(Kind.FILE, folder);
    }

    /** The caller that requests a run. */
    public static Actor request(String who) {
        return new Actor(Kind.REQUEST, who);
    }

    /** The user who decides about a run. */
    public static Actor user(String who) {
        return new Actor(Kind.USER, who);
    }

    /** The node of that name. */
    public static Actor node(String name) {
        return new Actor(Kind.NODE, name);
    }

    /**
     * Parses the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is no {@code kind:name}
     */
    public static Actor of(String text) {
        int colon = text.indexOf(':');
        return Arrays.stream(Kind.values())
                .filter(kind -> colon > 0 && kind.word().equals(text.substring(0, colon)))
                .findFirst()
                .map(kind -> new Actor(kind, text.substring(colon + 1)))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no actor: kind:name is expected"));
    }

    /** {@code kind:name}, as the database and the API have it. */
    @JsonValue
    @Override
    public String toString() {
        return kind.word() + ":" + name;
    }
}
