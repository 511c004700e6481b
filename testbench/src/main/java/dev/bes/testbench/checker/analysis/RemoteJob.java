package dev.bes.testbench.checker.analysis;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One job in the journal of the remote side, from its submit on. */
public record RemoteJob(String id, JournalEntry submit, List<JournalEntry> entries) {

    /** The states in which a job has ended. */
    public static final Set<String> ENDS = Set.of("Failed", "Cancelled", "Finished");

    private static final Pattern OUTPUT_PATH = Pattern.compile("/out/(\\d+)/(\\d+)-(\\d+)/");
    private static final Pattern NONCE = Pattern.compile("/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/");

    /** The attempt that a job was submitted for; the path of its output names it. */
    public record Purpose(long run, int position, int attempt) {}

    /** All jobs, in the order of their submits. */
    public static List<RemoteJob> in(List<JournalEntry> journal) {
        Map<String, RemoteJob> jobs = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            String job = entry.job();
            if (job != null && entry.event() == Event.SUBMIT) {
                jobs.put(job, new RemoteJob(job, entry, new ArrayList<>()));
            } else if (job != null && jobs.containsKey(job)) {
                jobs.get(job).entries.add(entry);
            }
        }
        return List.copyOf(jobs.values());
    }

    /** The attempt that the path of its output names; empty if it names none. */
    public Optional<Purpose> purpose() {
        Matcher path = OUTPUT_PATH.matcher(outputPaths());
        return path.find()
                ? Optional.of(new Purpose(
                        Long.parseLong(path.group(1)),
                        Integer.parseInt(path.group(2)),
                        Integer.parseInt(path.group(3))))
                : Optional.empty();
    }

    /** The nonce in the paths of its blobs. */
    public Optional<UUID> nonce() {
        Matcher nonce = NONCE.matcher(outputPaths());
        return nonce.find() ? Optional.of(UUID.fromString(nonce.group(1))) : Optional.empty();
    }

    /** The accepted starts. */
    public List<JournalEntry> starts() {
        return of(Event.START)
                .filter(entry -> Boolean.TRUE.equals(entry.fact("accepted")))
                .toList();
    }

    /** Whether a start was accepted. */
    public boolean started() {
        return !starts().isEmpty();
    }

    /** The outputs that it wrote. */
    public List<JournalEntry> outputs() {
        return of(Event.OUTPUT).toList();
    }

    /** The cancellations that reached it. */
    public List<JournalEntry> deletes() {
        return of(Event.DELETE).toList();
    }

    /** Its last state. */
    public String state() {
        return of(Event.STATE).map(RemoteJob::to).reduce("NotStarted", (before, after) -> after);
    }

    /** Whether it is in one of {@link #ENDS}. */
    public boolean ended() {
        return ENDS.contains(state());
    }

    /** When it entered a state for the first time. */
    public Optional<Instant> since(String state) {
        return of(Event.STATE)
                .filter(entry -> to(entry).equals(state))
                .map(JournalEntry::at)
                .findFirst();
    }

    /** When it ended, if it did. */
    public Optional<Instant> endedAt() {
        return of(Event.STATE)
                .filter(entry -> ENDS.contains(to(entry)))
                .map(JournalEntry::at)
                .findFirst();
    }

    /** The state after a transition. */
    public static String to(JournalEntry entry) {
        return String.valueOf(entry.fact("to"));
    }

    private java.util.stream.Stream<JournalEntry> of(Event event) {
        return entries.stream().filter(entry -> entry.event() == event);
    }

    private String outputPaths() {
        return String.valueOf(submit.fact("outputs"));
    }

    @Override
    public String toString() {
        return "job " + id
                + purpose()
                        .map(it -> " of run %d, scoring %d, attempt %d".formatted(it.run, it.position, it.attempt))
                        .orElse("");
    }
}
