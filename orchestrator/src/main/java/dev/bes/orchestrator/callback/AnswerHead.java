package dev.bes.orchestrator.callback;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the status of an answer, and of nothing more than it has to: at most 8 KiB, and no body. */
final class AnswerHead {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final int MOST_BYTES = 8_192;
    private static final int FINAL = 200;

    private final InputStream in;
    private int read;

    AnswerHead(InputStream in) {
        this.in = in;
    }

    /** What was answered is not HTTP/1.1, or has no end. */
    static final class UnreadableAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableAnswer() {
            super("the answer is not HTTP/1.1");
        }
    }

    /**
     * The status of the answer itself, after those that only tell of it.
     *
     * @throws UnreadableAnswer if there is none
     * @throws EOFException if the connection ends before it
     */
    int status() throws IOException {
        while (true) {
            Matcher line = STATUS.matcher(line());
            if (!line.matches()) {
                throw new UnreadableAnswer();
            }
            int status = Integer.parseInt(line.group(1));
            if (status >= FINAL) {
                return status;
            }
            skipHeaders();
        }
    }

    private void skipHeaders() throws IOException {
        String line = line();
        while (!line.isEmpty()) {
            line = line();
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (++read > MOST_BYTES) {
                throw new UnreadableAnswer();
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.US_ASCII);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
