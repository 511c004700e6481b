package dev.bes.sandbox.analytics;

import dev.bes.sandbox.counters.CounterFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes slots as JSON, one entry for each: {@code calls.PT10S} holds the slots of 10 seconds. */
final class SlotFile {

    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final CounterFile file;

    SlotFile(CounterFile file) {
        this.file = file;
    }

    /** @throws IllegalStateException when the file is damaged */
    List<Slot> read(Duration width) {
        try {
            return entries(width).entrySet().stream()
                    .map(entry ->
                            Slot.of(Long.parseLong(entry.getKey()), json.readValue(entry.getValue(), Slot.Saved.class)))
                    .toList();
        } catch (RuntimeException e) {
            throw file.damaged("the counted calls make no sense (" + e.getMessage() + ")");
        }
    }

    void write(Duration width, Slot slot) {
        entries(width).put(String.valueOf(slot.start()), json.writeValueAsBytes(slot.saved()));
    }

    void remove(Duration width, Slot slot) {
        entries(width).remove(String.valueOf(slot.start()));
    }

    private Map<String, byte[]> entries(Duration width) {
        return file.map("calls." + width);
    }
}
