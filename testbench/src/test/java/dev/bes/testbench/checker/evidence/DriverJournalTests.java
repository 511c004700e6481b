package dev.bes.testbench.checker.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverJournalTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    @TempDir
    private Path folder;

    @Test
    void givesBackEveryKindOfEntryAsItWasWritten() throws IOException {
        List<DriverEntry> entries = List.of(
                new DriverEntry.Asked(NOON, "hash", "key-1"),
                new DriverEntry.Acknowledged(NOON, "key-1", 7),
                new DriverEntry.FileDropped(NOON, "hash", "/inbox/hash", "a \"b\".csv", "00ff"),
                new DriverEntry.FireTimePassed(NOON, "hash", "tick", NOON.minusSeconds(1)),
                new DriverEntry.CancelAcknowledged(NOON, 7),
                new DriverEntry.FaultBegun(NOON, "f1", FaultKind.NODE_PAUSED, "node 2"),
                new DriverEntry.FaultEnded(NOON, "f1"));
        DriverJournal journal = new DriverJournal(folder.resolve("driver.jsonl"));
        entries.forEach(journal::append);

        assertThat(journal.entries()).isEqualTo(entries);
        assertThat(Files.readString(folder.resolve("driver.jsonl")))
                .startsWith("{\"event\":\"asked\",")
                .hasLineCount(entries.size());
    }
}
