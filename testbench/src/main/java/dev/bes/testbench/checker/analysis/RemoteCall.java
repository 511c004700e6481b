package dev.bes.testbench.checker.analysis;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call in the journal of the remote side.
 *
 * @param line line number in the journal
 * @param caller subscription and endpoint
 * @param method the method; DELETE for every call that cancels a job
 * @param began when it arrived
 * @param answered when its answer was sent
 * @param retryAfter the header {@code Retry-After} of the answer
 */
public record RemoteCall(
        long line,
        String caller,
        String method,
        @Nullable String job,
        Instant began,
        Instant answered,
        @Nullable String retryAfter) {

    private static final long HOUR = 3600;
    private static final String CANCEL = "DELETE";

    /** All calls, in the order of their arrival. */
    public static List<RemoteCall> in(List<JournalEntry> journal) {
        return journal.stream()
                .filter(entry -> entry.event() == Event.CALL)
                .map(RemoteCall::of)
                .sorted(Comparator.comparing(RemoteCall::began))
                .toList();
    }

    private static RemoteCall of(JournalEntry entry) {
        String path = String.valueOf(entry.fact("path"));
        String endpoint = path.replaceFirst("/(jobs|execute)(/.*)?$", "");
        Object caller = Objects.requireNonNullElse(entry.fact("subscription"), "nobody");
        long micros = entry.fact("micros") instanceof Number number ? number.longValue() : 0;
        Object wait = entry.fact("retryAfter");
        return new RemoteCall(
                entry.seq(),
                caller + " to " + endpoint,
                path.endsWith("/cancel") ? CANCEL : String.valueOf(entry.fact("method")),
                entry.job(),
                entry.at().minusNanos(micros * 1000),
                entry.at(),
                wait == null ? null : wait.toString());
    }

    /** Whether it cancels a job. */
    public boolean isCancel() {
        return method.equals(CANCEL);
    }

    /** Whether it requests the status of a job. */
    public boolean isPoll() {
        return method.equals("GET");
    }

    /** Until when its answer asks the caller to wait: one hour at most; empty if the header is not valid. */
    public Optional<Instant> waitUntil() {
        if (retryAfter == null) {
            return Optional.empty();
        }
        if (retryAfter.matches("\\d{1,18}")) {
            return Optional.of(answered.plusSeconds(Math.min(HOUR, Long.parseLong(retryAfter))));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter, Instant::from);
            Instant most = answered.plusSeconds(HOUR);
            return Optional.of(date.isAfter(most) ? most : date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return method + (job == null ? "" : " of job " + job) + " by " + caller;
    }
}
