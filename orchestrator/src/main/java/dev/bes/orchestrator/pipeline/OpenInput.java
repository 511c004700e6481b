package dev.bes.orchestrator.pipeline;

import java.io.IOException;
import java.io.InputStream;

/** An input that is open for reading, wherever it comes from. */
interface OpenInput {

    /** Its size in bytes, when it was opened. */
    long size();

    /** Its bytes, from the first one on; closed with the input. */
    InputStream stream();

    /**
     * Whether its place still holds the very content that was opened: if not, somebody wrote while it was read.
     *
     * @throws IOException if that can't be seen any more
     */
    boolean isUnchanged() throws IOException;
}
