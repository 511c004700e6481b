package dev.bes.orchestrator.pipeline.rows;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows that a slice has scored so far, in the order of the input. */
final class AnsweredRows {
    private final boolean withHeader;
    private final Map<String, ByteArrayOutputStream> contents = new LinkedHashMap<>();
    private long rows;
    private long to;
    private long bytes;

    /** @param withHeader whether the first of them are the first of the output */
    AnsweredRows(long from, boolean withHeader) {
        this.to = from;
        this.withHeader = withHeader;
    }

    void add(BatchAnswer answer) {
        answer.bodies().forEach((output, body) -> {
            ByteArrayOutputStream content = contents.computeIfAbsent(output, name -> new ByteArrayOutputStream());
            if (withHeader && rows == 0) {
                content.writeBytes(answer.headers().getOrDefault(output, new byte[0]));
            }
            content.writeBytes(body);
            bytes += body.length;
        });
        rows += answer.rows();
        to = answer.to();
    }

    byte[] content(String output) {
        return contents.getOrDefault(output, new ByteArrayOutputStream()).toByteArray();
    }

    long rows() {
        return rows;
    }

    /** The byte of the input after the last row. */
    long to() {
        return to;
    }

    long bytes() {
        return bytes;
    }
}
