package dev.bes.api.run;

/**
 * An event of a stream: a new entry in the history of a run.
 *
 * @param run the run
 * @param definition name of its definition
 * @param entry the entry; its {@code id} is also the id of the event
 */
public record RunEventJson(long run, String definition, HistoryEntryJson entry) {}
