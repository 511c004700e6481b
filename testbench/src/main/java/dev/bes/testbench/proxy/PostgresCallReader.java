package dev.bes.testbench.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a PostgreSQL client, unencrypted. Drivers prepare COMMIT once and later refer to it by name, so the
 * reader remembers prepared statements.
 */
final class PostgresCallReader implements CallReader {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final Pattern COMMIT = Pattern.compile("\\s*commit\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Parse, Bind, Describe, Execute, Close: the server answers after a Sync or Flush. */
    private static final String NOT_YET_ANSWERED = "PBDEC";

    private final DataInputStream in;
    private final Map<String, Boolean> commits = new HashMap<>();
    private boolean started;

    PostgresCallReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public @Nullable Call next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!started) {
            return opening(bytes);
        }
        boolean commit = false;
        int type;
        do {
            type = in.read();
            if (type < 0) {
                return null;
            }
            bytes.write(type);
            commit |= commits(type, body(bytes));
        } while (NOT_YET_ANSWERED.indexOf(type) >= 0);
        return new Call.Postgres(commit, bytes);
    }

    /** Reads a message before the session has begun, which has no type. */
    private @Nullable Call opening(ByteArrayOutputStream bytes) throws IOException {
        try {
            byte[] body = body(bytes);
            int code = body.length < 4 ? 0 : ByteBuffer.wrap(body).getInt();
            started = code != SSL_REQUEST && code != GSS_REQUEST;
            return new Call.Postgres(false, bytes);
        } catch (EOFException e) {
            return null;
        }
    }

    private byte[] body(ByteArrayOutputStream bytes) throws IOException {
        int length = in.readInt();
        if (length < 4 || length > MOST_BYTES - bytes.size()) {
            throw new IOException("Not a message of PostgreSQL's protocol, or too long for the proxy");
        }
        byte[] body = new byte[length - 4];
        in.readFully(body);
        new DataOutputStream(bytes).writeInt(length);
        bytes.writeBytes(body);
        return body;
    }

    private boolean commits(int type, byte[] body) {
        return switch (type) {
            case 'Q' -> isCommit(text(body, 0));
            case 'P' -> {
                String name = text(body, 0);
                commits.put(name, isCommit(text(body, 1)));
                yield false;
            }
            case 'B' -> commits.getOrDefault(text(body, 1), false);
            default -> false;
        };
    }

    private static boolean isCommit(String sql) {
        return COMMIT.matcher(sql).matches();
    }

    /** One of the zero-terminated texts at the beginning of a message. */
    private static String text(byte[] body, int index) {
        int from = 0;
        for (int skipped = 0; skipped < index; skipped++) {
            from = Math.min(body.length, end(body, from) + 1);
        }
        return new String(body, from, end(body, from) - from, UTF_8);
    }

    private static int end(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != 0) {
            end++;
        }
        return end;
    }
}
