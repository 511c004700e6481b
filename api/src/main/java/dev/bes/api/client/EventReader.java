package dev.bes.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.api.run.RunEventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of events. Source: HTML Standard, server-sent events, 9.2.6. */
final class EventReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_LINE = 1024 * 1024;

    private final RunEventListener listener;
    private final boolean ofOneRun;
    private final StringBuilder data = new StringBuilder();
    private String name = "";

    /**
     * A reader for one stream.
     *
     * @param ofOneRun whether it ends with its run
     */
    EventReader(RunEventListener listener, boolean ofOneRun) {
        this.listener = listener;
        this.ofOneRun = ofOneRun;
    }

    private record GapJson(long after, long to) {}

    /**
     * Reads to the end of the stream, or of its run.
     *
     * @return whether the run has ended
     * @throws IOException if the stream breaks, or is none
     */
    boolean read(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = line(lines); line != null; line = line(lines)) {
            if (!line.isEmpty()) {
                field(line);
            } else if (dispatch()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                return null;
            }
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("a line of the stream is longer than 1 MiB");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        String text = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("event")) {
            name = text;
        } else if (field.equals("data")) {
            data.append(text).append('\n');
        }
    }

    private boolean dispatch() throws IOException {
        String kind = name;
        String json = data.toString();
        name = "";
        data.setLength(0);
        try {
            if (kind.equals("gap")) {
                GapJson gap = JSON.readValue(json, GapJson.class);
                listener.leftOut(gap.after(), gap.to());
            } else if (kind.equals("move")) {
                RunEventJson event = JSON.readValue(json, RunEventJson.class);
                listener.moved(event);
                return ofOneRun
                        && event.entry().scoring() == null
                        && event.entry().to().ended();
            }
        } catch (JacksonException e) {
            throw new IOException("an event of the stream can't be understood: " + e.getOriginalMessage(), e);
        }
        return false;
    }
}
