package dev.bes.testbench.proxy;

import java.io.ByteArrayOutputStream;

/** All bytes that a client sends before it waits for a reply. */
sealed interface Call {

    /** The bytes, unchanged. */
    ByteArrayOutputStream bytes();

    /**
     * An HTTP request.
     *
     * @param target path and query
     * @param isFirst whether it is the first on its connection
     */
    record Http(String method, String target, boolean isFirst, ByteArrayOutputStream bytes) implements Call {}

    /** Messages of a PostgreSQL client, up to the one that requests a reply. */
    record Postgres(boolean commits, ByteArrayOutputStream bytes) implements Call {}
}
