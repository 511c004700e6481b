package dev.bes.cli.session;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a long list to show. */
public final class PageOptions {
    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=([^&]*)");

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, from 1 to 200.", defaultValue = "50")
    private int limit;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "Where to go on, as the page before said.")
    private @Nullable String cursor;

    /** How many items to show at most. */
    public int limit() {
        return limit;
    }

    /** Where to go on; null to begin with the first. */
    public @Nullable String cursor() {
        return cursor;
    }

    /**
     * Tells a user at a terminal how to see the next page.
     *
     * @param next the address of the next page; null if there is none
     */
    public void tellNext(Session session, @Nullable String next) {
        String rest = cursor(next);
        if (rest != null && session.printer().isForPeople()) {
            session.printer().note("There are more: add --cursor " + rest);
        }
    }

    /** The cursor in the address of a page; null without one. */
    private static @Nullable String cursor(@Nullable String address) {
        return address == null
                ? null
                : CURSOR.matcher(address)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse(null);
    }
}
