package dev.bes.orchestrator.trigger;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder part of a glob: tells which folders can contain a match.
 *
 * @param folders one matcher for each folder level that the glob names
 * @param deeper whether folders below these levels may contain a match, too
 */
record GlobPath(List<PathMatcher> folders, boolean deeper) {
    static GlobPath of(String glob) {
        List<PathMatcher> folders = new ArrayList<>();
        String[] segments = glob.split("/", -1);
        for (int i = 0; i < segments.length - 1; i++) {
            if (segments[i].contains("**") || count(segments[i], '{') != count(segments[i], '}')) {
                // braces that contain slashes: the glob can't be split here
                return new GlobPath(folders, true);
            }
            folders.add(FileSystems.getDefault().getPathMatcher("glob:" + segments[i]));
        }
        String last = segments[segments.length - 1];
        return new GlobPath(folders, last.contains("**"));
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** Whether a folder, relative to the one searched, can contain a match or a folder that does. */
    boolean mayContain(Path relative) {
        int depth = relative.getNameCount();
        for (int i = 0; i < Math.min(depth, folders.size()); i++) {
            if (!folders.get(i).matches(relative.getName(i))) {
                return false;
            }
        }
        return deeper || depth <= folders.size();
    }
}
