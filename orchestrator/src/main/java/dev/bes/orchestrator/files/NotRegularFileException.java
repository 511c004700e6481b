package dev.bes.orchestrator.files;

import java.nio.file.FileSystemException;

/** Something that is no plain file: a link, a folder, a named pipe, a socket, a device. It is not opened. */
public final class NotRegularFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * A file that is not opened.
     *
     * @param file its path
     * @param what what it is, such as {@code a symbolic link}
     */
    public NotRegularFileException(String file, String what) {
        super(file, null, "is " + what + ", not a plain file; it is not opened");
    }
}
