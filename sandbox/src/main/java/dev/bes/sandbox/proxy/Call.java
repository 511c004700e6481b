package dev.bes.sandbox.proxy;

import java.io.ByteArrayOutputStream;

/** What a client sends before it waits for a reply, whole. */
sealed interface Call {

    /** The bytes as they came. */
    ByteArrayOutputStream bytes();

    /** An HTTP request; the target is path and query. */
    record Http(String method, String target, ByteArrayOutputStream bytes) implements Call {}

    /** Messages of a PostgreSQL client, up to the one that asks for a reply. */
    record Postgres(boolean commits, ByteArrayOutputStream bytes) implements Call {}
}
