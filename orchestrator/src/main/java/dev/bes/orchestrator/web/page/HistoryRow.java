package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.run.journal.HistoryEntry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A move as a page shows it.
 *
 * @param iso when, for programs
 * @param utc when, to the millisecond
 * @param what the scoring, and its attempt, or the run itself
 * @param steps step before and after, if it has one
 * @param states state before and after, if it changed
 * @param to state after
 * @param cause why
 * @param remoteWord the remote's own word
 * @param node which node wrote it down
 * @param actor who caused it
 */
record HistoryRow(
        String iso,
        String utc,
        String what,
        @Nullable String steps,
        @Nullable String states,
        String to,
        @Nullable String cause,
        @Nullable String remoteWord,
        String node,
        String actor) {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    static HistoryRow of(HistoryEntry move) {
        return new HistoryRow(
                move.at().toString(),
                UTC.format(move.at()),
                what(move),
                arrow(move.fromStep(), move.toStep()),
                move.from() == move.to()
                        ? null
                        : move.from().word() + " → " + move.to().word(),
                move.to().word(),
                move.cause(),
                move.remoteWord(),
                move.node(),
                move.actor().toString());
    }

    private static String what(HistoryEntry move) {
        if (move.scoring() == null) {
            return "run";
        }
        return move.attempt() == null
                ? "scoring " + move.scoring()
                : "scoring " + move.scoring() + ", attempt " + move.attempt();
    }

    private static @Nullable String arrow(@Nullable String from, @Nullable String to) {
        return from == null || from.equals(to) ? to : from + " → " + to;
    }
}
