package dev.bes.orchestrator.trigger.request;

import java.io.IOException;
import java.io.InputStream;

/** A file of a request. */
public sealed interface RequestFile {

    /**
     * A file that comes with a request.
     *
     * @param name its name on the side of the sender
     * @param content opens its bytes
     */
    record Upload(String name, Content content) implements RequestFile {}

    /**
     * A file that lies in a blob store of the settings.
     *
     * @param store name of the store
     * @param path path in its container
     */
    record StoredBlob(String store, String path) implements RequestFile {}

    /**
     * A file that lies below a root folder of the settings. It is read when the request is accepted.
     *
     * @param root name of the root
     * @param path path below it, with slashes
     */
    record RootFile(String root, String path) implements RequestFile {}

    /** Opens the bytes of an upload. */
    @FunctionalInterface
    interface Content {
        /** Opens a new stream that starts at the first byte. */
        InputStream open() throws IOException;
    }
}
