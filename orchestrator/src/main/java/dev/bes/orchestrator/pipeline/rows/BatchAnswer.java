package dev.bes.orchestrator.pipeline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.orchestrator.remote.Table;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The answer to a batch, as a blob keeps it: a line of numbers, then for each output its header and its rows.
 *
 * @param to the byte of the input after the batch
 * @param rows number of rows
 * @param headers by output, the header as CSV
 * @param bodies by output, the rows as CSV
 */
record BatchAnswer(long to, int rows, Map<String, byte[]> headers, Map<String, byte[]> bodies) {

    static BatchAnswer of(RowCutter.Batch batch, Map<String, Table> outputs) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        outputs.forEach((output, table) -> {
            headers.put(output, CsvTable.write(new Table(table.columns(), List.of())));
            bodies.put(output, CsvTable.writeRows(table));
        });
        return new BatchAnswer(batch.to(), batch.rows(), headers, bodies);
    }

    /** Reads a blob that {@link #bytes} has made for these outputs. */
    static BatchAnswer read(byte[] blob, Iterable<String> outputs) {
        int at = 0;
        while (blob[at] != '\n') {
            at++;
        }
        String[] numbers = new String(blob, 0, at, UTF_8).split(" ", -1);
        at++;
        int next = 2;
        Map<String, byte[]> headers = new LinkedHashMap<>();
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String output : outputs) {
            int header = Integer.parseInt(numbers[next++]);
            int body = Integer.parseInt(numbers[next++]);
            headers.put(output, Arrays.copyOfRange(blob, at, at + header));
            bodies.put(output, Arrays.copyOfRange(blob, at + header, at + header + body));
            at += header + body;
        }
        return new BatchAnswer(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]), headers, bodies);
    }

    byte[] bytes() {
        StringBuilder numbers = new StringBuilder().append(to).append(' ').append(rows);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        bodies.forEach((output, body) -> {
            byte[] header = Objects.requireNonNull(headers.get(output));
            numbers.append(' ').append(header.length).append(' ').append(body.length);
            content.writeBytes(header);
            content.writeBytes(body);
        });
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.writeBytes(numbers.append('\n').toString().getBytes(UTF_8));
        blob.writeBytes(content.toByteArray());
        return blob.toByteArray();
    }
}
