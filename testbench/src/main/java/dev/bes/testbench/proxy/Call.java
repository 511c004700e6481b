package dev.bes.testbench.proxy;

import java.io.ByteArrayOutputStream;

/** What a client sends before it waits for a reply, whole. */
sealed interface Call {

    /** The bytes as they came. */
    ByteArrayOutputStream bytes();

    /**
     * An HTTP request.
     *
     * @param target path and query
     * @param isFirst whether nothing was sent on its connection before
     */
    record Http(String method, String target, boolean isFirst, ByteArrayOutputStream bytes) implements Call {}

    /** Messages of a PostgreSQL client, up to the one that asks for a reply. */
    record Postgres(boolean commits, ByteArrayOutputStream bytes) implements Call {}
}
