package dev.bes.api.client;

import java.io.IOException;
import java.io.InputStream;

/** Reads a delivered output while it comes. */
@FunctionalInterface
public interface OutputReader<T> {

    /**
     * Reads the output; the caller closes it.
     *
     * @throws IOException when the output breaks off, or when it can't be written where it belongs
     */
    T read(InputStream output) throws IOException;
}
