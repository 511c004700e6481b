package dev.bes.orchestrator.pipeline.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** An input that is open for reading, wherever it comes from. */
public sealed interface OpenInput {

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

    /**
     * A file.
     *
     * @param path where it lies
     * @param opened its version before it was opened
     * @param size its size in bytes, when it was opened
     * @param stream its bytes
     */
    record OfFile(Path path, FileVersion opened, long size, InputStream stream) implements OpenInput {
        @Override
        public boolean isUnchanged() throws IOException {
            return FileVersion.of(path).equals(opened) && opened.size == size;
        }
    }

    /**
     * What tells a file that is written to from the same file before.
     *
     * @param file device and inode, where the file system has them
     * @param size its size in bytes
     * @param changed when it was last written to
     */
    record FileVersion(String file, long size, FileTime changed) {
        static FileVersion of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(
                    String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        }
    }

    /**
     * One version of a blob: each piece of it is asked for by that version.
     *
     * @param size its size in bytes
     * @param stream its bytes
     */
    record OfBlob(long size, InputStream stream) implements OpenInput {
        @Override
        public boolean isUnchanged() {
            return true;
        }
    }
}
