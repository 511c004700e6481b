package dev.bes.sandbox.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The written form of the journal: one flat JSON object a line. */
final class JournalLines {

    private static final JsonMapper json = JsonMapper.builder().build();

    private static final Set<String> ENVELOPE = Set.of("seq", "at", "event", "job");

    private JournalLines() {}

    static String write(long seq, Instant at, JournalEntry.Event event, @Nullable String job, Map<String, ?> facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seq", seq);
        line.put("at", at.toString());
        line.put("event", event.name());
        if (job != null) {
            line.put("job", job);
        }
        line.putAll(facts);
        return json.writeValueAsString(line) + "\n";
    }

    static List<JournalEntry> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(JournalLines::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts off a last line that a crash left unfinished and counts the others. */
    static long repair(FileChannel file) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        long lines = 0;
        long end = 0;
        for (long at = 0; file.read(chunk.clear(), at) > 0; at += chunk.limit()) {
            chunk.flip();
            for (int i = 0; i < chunk.limit(); i++) {
                if (chunk.get(i) == '\n') {
                    lines++;
                    end = at + i + 1;
                }
            }
        }
        file.truncate(end);
        return lines;
    }

    private static JournalEntry parse(String line) {
        JsonNode fields = json.readTree(line);
        Map<String, Object> facts = json.convertValue(fields, new TypeReference<LinkedHashMap<String, Object>>() {});
        facts.keySet().removeAll(ENVELOPE);
        return new JournalEntry(
                fields.path("seq").asLong(),
                Instant.parse(fields.path("at").asString()),
                JournalEntry.Event.valueOf(fields.path("event").asString()),
                fields.path("job").stringValue(null),
                facts);
    }
}
