package dev.bes.testbench.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The calls of one connection, read off the wire. */
interface CallReader {

    /** A call is held in memory, so it has a limit. */
    int MOST_BYTES = 64 << 20;

    /**
     * Waits for the next call.
     *
     * @return null when the client has closed the connection
     * @throws IOException when the connection breaks, or what comes is neither HTTP nor PostgreSQL's protocol
     */
    @Nullable
    Call next() throws IOException;

    /** The first byte tells: HTTP begins with a letter, PostgreSQL with the length of a short message. */
    static CallReader of(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream);
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == 0 ? new PostgresCallReader(in) : new HttpCallReader(in);
    }
}
