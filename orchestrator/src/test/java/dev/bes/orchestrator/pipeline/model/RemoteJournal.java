package dev.bes.orchestrator.pipeline.model;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the remote side wrote down of one run. */
public record RemoteJournal(Set<String> jobs, List<JournalEntry> entries) {

    /** Finds the jobs by the folder that they were to write to. */
    public static RemoteJournal of(List<JournalEntry> journal, String folder) {
        Set<String> jobs = journal.stream()
                .filter(e -> e.event() == Event.SUBMIT)
                .filter(e -> String.valueOf(e.fact("outputs")).contains(folder))
                .map(e -> String.valueOf(e.job()))
                .collect(Collectors.toSet());
        return new RemoteJournal(
                jobs,
                journal.stream()
                        .filter(e -> jobs.contains(String.valueOf(e.job())))
                        .toList());
    }

    public List<JournalEntry> of(Event event) {
        return entries.stream().filter(e -> e.event() == event).toList();
    }

    /** The jobs that were started, once for each time that a start was accepted. */
    public List<String> started() {
        return of(Event.START).stream()
                .filter(e -> Boolean.TRUE.equals(e.fact("accepted")))
                .map(e -> String.valueOf(e.job()))
                .toList();
    }

    /** The last state of a job. */
    public String end(String job) {
        return of(Event.STATE).stream()
                .filter(e -> job.equals(e.job()))
                .map(e -> String.valueOf(e.fact("to")))
                .reduce("NotStarted", (before, after) -> after);
    }
}
