package dev.bes.orchestrator.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the files below a folder that a glob matches. It reads only folders that can contain a match, so that others may be
 * unreadable or large. It follows links to files, but not links to folders.
 */
final class FileSearch {
    private final Path folder;
    private final Entries entries;

    /** Reads the file system; an interface so that a test can simulate an unreadable folder. */
    interface Entries {
        /** The entries of a folder. */
        List<Path> in(Path folder) throws IOException;

        /** The attributes of a path; links are not followed. */
        BasicFileAttributes of(Path path) throws IOException;
    }

    /** The file system. */
    static final Entries REAL = new Entries() {
        @Override
        public List<Path> in(Path folder) throws IOException {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.toList();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public BasicFileAttributes of(Path path) throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    };

    FileSearch(Path folder, Entries entries) {
        this.folder = folder.toAbsolutePath().normalize();
        this.entries = entries;
    }

    /**
     * The matching files, sorted.
     *
     * @throws AccessDeniedException naming a folder that may contain a match and may not be read
     * @throws IOException if a folder can't be read for another reason
     */
    List<Path> find(String glob) throws IOException {
        GlobPath path = GlobPath.of(glob);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        Deque<Path> open = new ArrayDeque<>(List.of(folder));
        while (!open.isEmpty()) {
            Path here = open.pop();
            for (Path entry : list(here)) {
                Path relative = folder.relativize(entry);
                boolean mayMatch = matcher.matches(relative);
                boolean mayContain = path.mayContain(relative);
                if (!mayMatch && !mayContain) {
                    continue;
                }
                Kind kind = kind(here, entry);
                if (kind == Kind.FOLDER && mayContain) {
                    open.push(entry);
                } else if (kind == Kind.FILE && mayMatch) {
                    found.add(entry);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    private List<Path> list(Path here) throws IOException {
        try {
            return entries.in(here);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (here.equals(folder)) {
                throw e;
            }
            // removed since its parent was read
            return List.of();
        }
    }

    private Kind kind(Path parent, Path entry) throws IOException {
        try {
            BasicFileAttributes attributes = entries.of(entry);
            if (attributes.isDirectory()) {
                return Kind.FOLDER;
            }
            boolean file = attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(entry));
            return file ? Kind.FILE : Kind.OTHER;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Kind.OTHER;
        } catch (AccessDeniedException e) {
            // a folder that may be listed, but not entered
            throw new AccessDeniedException(parent.toString());
        }
    }
}
