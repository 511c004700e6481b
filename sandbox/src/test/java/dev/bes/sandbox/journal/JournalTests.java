package dev.bes.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void hasWrittenAnEntryWhenForceReturns() throws IOException {
        try (Journal journal = open()) {
            journal.append(Event.START, "j1", Map.of("accepted", true));
            journal.force();

            assertThat(Files.readString(file()))
                    .isEqualTo("{\"seq\":1,\"at\":\"2026-01-01T12:00:00Z\",\"event\":\"START\",\"job\":\"j1\","
                            + "\"accepted\":true}\n");
        }
    }

    @Test
    void readsBackWhatWasWritten() {
        try (Journal journal = open()) {
            journal.append(Event.DELETE, "j2", Map.of("state", "Running"));
            journal.append(Event.CALL, null, Map.of("status", 204));

            assertThat(journal.entries())
                    .containsExactly(
                            new JournalEntry(1, NOON, Event.DELETE, "j2", Map.of("state", "Running")),
                            new JournalEntry(2, NOON, Event.CALL, null, Map.of("status", 204)));
            assertThat(journal.of("j2")).hasSize(1);
        }
    }

    @Test
    void goesOnBehindTheLinesOfAnEarlierRun() {
        try (Journal journal = open()) {
            journal.append(Event.START, "j1", Map.of());
        }
        try (Journal journal = open()) {
            journal.append(Event.DELETE, "j1", Map.of());

            assertThat(journal.entries()).extracting(JournalEntry::seq).containsExactly(1L, 2L);
        }
    }

    @Test
    void cutsOffALineThatACrashLeftUnfinished() throws IOException {
        try (Journal journal = open()) {
            journal.append(Event.START, "j1", Map.of());
        }
        Files.writeString(file(), "{\"seq\":2,\"at", StandardOpenOption.APPEND);
        try (Journal journal = open()) {
            journal.append(Event.DELETE, "j1", Map.of());

            assertThat(journal.entries()).extracting(JournalEntry::event).containsExactly(Event.START, Event.DELETE);
        }
    }

    @Test
    void losesAndDoublesNothingWhenManyWriteAtOnce() {
        try (Journal journal = open()) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 2000; i++) {
                    callers.execute(() -> {
                        journal.append(Event.CALL, null, Map.of());
                        journal.force();
                    });
                }
            }
            List<Long> expected = LongStream.rangeClosed(1, 2000).boxed().toList();
            assertThat(journal.entries()).extracting(JournalEntry::seq).isEqualTo(expected);
        }
    }

    private Path file() {
        return folder.resolve("journal.jsonl");
    }

    private Journal open() {
        return Journal.open(file(), InstantSource.fixed(NOON));
    }
}
