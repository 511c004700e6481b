package dev.bes.testbench.checker.evidence;

import dev.bes.sandbox.journal.JournalEntry;
import java.util.List;
import java.util.Map;

/**
 * Everything that the checker reads after a run, when all faults are over and all work is done.
 *
 * @param journal journal of the remote side
 * @param database snapshot of the service's database
 * @param driver journal of the driver
 * @param blobs the blobs of the service's container
 * @param delivered the files below the delivery folder of the service
 * @param dropped the files below its drop folders, and the blobs of the containers whose blobs become runs
 * @param texts all texts in which no secret may appear
 * @param secrets the secrets by name; each is unique, so that a search finds it
 * @param policy settings of the service and tolerances
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

    /** The sizes, never the secrets. */
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
