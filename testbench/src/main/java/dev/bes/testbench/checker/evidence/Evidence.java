package dev.bes.testbench.checker.evidence;

import dev.bes.sandbox.journal.JournalEntry;
import java.util.List;
import java.util.Map;

/**
 * All that is left after a run, when the faults have healed and the work is done: what the checker judges.
 *
 * @param journal what the remote side wrote down
 * @param database what the service wrote down
 * @param driver what the driver of the run wrote down
 * @param blobs the blobs of the service's container
 * @param delivered the files below the service's delivery folder
 * @param dropped the files below its drop folders
 * @param texts everything in which no secret may appear
 * @param secrets the secrets by what they are; unlike anything else, so that they can be found
 * @param policy what the service was set up with
 */
public record Evidence(
        List<JournalEntry> journal,
        Snapshot database,
        List<DriverEntry> driver,
        List<StoredFile> blobs,
        List<StoredFile> delivered,
        List<StoredFile> dropped,
        List<SearchedText> texts,
        Map<String, String> secrets,
        CheckerSettings policy) {

    /** What of it is there, never the secrets. */
    @Override
    public String toString() {
        return "Evidence[%d journal entries, %d runs, %d driver entries, %d blobs, %d delivered, %d dropped, %d texts]"
                .formatted(
                        journal.size(),
                        database.runs().size(),
                        driver.size(),
                        blobs.size(),
                        delivered.size(),
                        dropped.size(),
                        texts.size());
    }
}
