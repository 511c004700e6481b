package dev.bes.testbench.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the calls of one connection. */
interface CallReader {

    /** Largest call, in bytes; it is kept in memory. */
    int MOST_BYTES = 64 << 20;

    /**
     * Waits for the next call.
     *
     * @return null when the client has closed the connection
     * @throws IOException when the connection breaks, or the bytes are neither HTTP nor PostgreSQL's protocol
     */
    @Nullable
    Call next() throws IOException;

    /** A reader for the protocol: HTTP begins with a letter, PostgreSQL with a zero byte of a message length. */
    static CallReader of(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream);
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == 0 ? new PostgresCallReader(in) : new HttpCallReader(in);
    }
}
