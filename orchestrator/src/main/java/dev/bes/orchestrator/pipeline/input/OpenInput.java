package dev.bes.orchestrator.pipeline.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** An input that is open for reading: a file, a blob or a row. */
public sealed interface OpenInput {

    /** Size in bytes, when it was opened. */
    long size();

    /** The content; closed with the input. */
    InputStream stream();

    /**
     * Whether the source was not changed since it was opened.
     *
     * @throws IOException if that can't be checked
     */
    boolean isUnchanged() throws IOException;

    /**
     * A file.
     *
     * @param opened its version before it was opened
     * @param size in bytes, when it was opened
     */
    record OfFile(Path path, FileVersion opened, long size, InputStream stream) implements OpenInput {
        @Override
        public boolean isUnchanged() throws IOException {
            return FileVersion.of(path).equals(opened) && opened.size == size;
        }
    }

    /**
     * The version of a file; a write or a replacement changes it.
     *
     * @param file device and inode, if the file system has them
     * @param size in bytes
     * @param changed time of the last write
     */
    record FileVersion(String file, long size, FileTime changed) {
        static FileVersion of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(
                    String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        }
    }

    /**
     * One version of a blob, each part of which is requested by that version; or a row, which never changes.
     *
     * @param size in bytes
     */
    record OfVersion(long size, InputStream stream) implements OpenInput {
        static OfVersion of(byte[] content) {
            return new OfVersion(content.length, new ByteArrayInputStream(content));
        }

        @Override
        public boolean isUnchanged() {
            return true;
        }
    }
}
