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
 * Finds the files of a folder that a glob matches. It looks only into folders that can hold some: what lies elsewhere need
 * not be readable, nor few. Links to folders are not followed; links to files are.
 */
final class FileSearch {
    private final Path folder;
    private final Entries entries;

    /** Reads folders and what lies in them; its own type so that a test can have a folder that may not be read. */
    interface Entries {
        /** What lies in a folder. */
        List<Path> in(Path folder) throws IOException;

        /** What a path is, links not followed. */
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
     * The files, sorted.
     *
     * @throws AccessDeniedException naming a folder that may not be read and may hold some
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
                boolean mayHold = path.mayHold(relative);
                if (!mayMatch && !mayHold) {
                    continue;
                }
                Kind kind = kind(here, entry);
                if (kind == Kind.FOLDER && mayHold) {
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
            // gone since its parent was read
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
