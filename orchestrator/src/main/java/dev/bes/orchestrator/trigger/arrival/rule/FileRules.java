package dev.bes.orchestrator.trigger.arrival.rule;

import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.definition.template.KeyPattern;
import dev.bes.orchestrator.text.VisibleText;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a drop folder or a container of a definition does with a file, by its name and its size. */
public final class FileRules {
    private final FileOptions options;
    private final PathMatcher pattern;
    private final List<PathMatcher> exclude;
    private final List<PathMatcher> temporary;
    private final @Nullable PathMatcher markers;
    private final @Nullable KeyPattern key;

    /** Compiles the globs. */
    public FileRules(String pattern, FileOptions options) {
        this.options = options;
        this.pattern = glob(pattern);
        this.exclude = options.exclude().stream().map(this::glob).toList();
        this.temporary = options.temporaryNames().stream().map(this::glob).toList();
        String marker = options.doneMarker();
        this.markers = marker == null ? null : glob(marker.replaceAll("[{](name|stem)[}]", "*"));
        Group group = options.group();
        String by = group == null ? null : group.by();
        this.key = by == null ? null : KeyPattern.of(folded(by));
    }

    /** The group that its files wait for; null if each becomes a run of its own. */
    public @Nullable Group group() {
        return options.group();
    }

    /** The key of the group of a name, empty if all files belong together; null if the name has no key. */
    public @Nullable String keyOf(String name) {
        return key == null ? "" : key.keyOf(folded(name)).orElse(null);
    }

    /** What a name means to a drop folder, in the order in which the rules of several definitions count. */
    public enum Verdict {
        /** The name of a file that is taken. */
        TAKEN(""),
        /** It says that another file is complete. */
        MARKER("it says that another file is complete ('done-marker')"),
        /** The writer renames the file when it is complete. */
        TEMPORARY("its name is one that writers use until a file is complete ('temporary')"),
        /** The pattern matches, but so does {@code exclude}. */
        EXCLUDED("its name is excluded ('exclude')"),
        /** The pattern does not match. */
        OTHER("");

        private final String reason;

        Verdict(String reason) {
            this.reason = reason;
        }

        /** Why a file of this name is not taken; empty if it is, or if the reason is in the name. */
        public String reason() {
            return reason;
        }
    }

    private PathMatcher glob(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + folded(glob));
    }

    private String folded(String text) {
        return options.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** What a name means. */
    public Verdict of(String name) {
        Path path;
        try {
            path = Path.of(folded(name));
        } catch (InvalidPathException e) {
            return Verdict.OTHER;
        }
        if (temporary.stream().anyMatch(glob -> glob.matches(path))) {
            return Verdict.TEMPORARY;
        }
        if (markers != null && markers.matches(path)) {
            return Verdict.MARKER;
        }
        if (!pattern.matches(path)) {
            return Verdict.OTHER;
        }
        return exclude.stream().anyMatch(glob -> glob.matches(path)) ? Verdict.EXCLUDED : Verdict.TAKEN;
    }

    /** Name of the file that says that a file is complete; null if it is complete when it has settled. */
    public @Nullable String markerOf(String name) {
        String marker = options.doneMarker();
        if (marker == null) {
            return null;
        }
        int dot = name.lastIndexOf('.');
        return marker.replace("{name}", name).replace("{stem}", dot > 0 ? name.substring(0, dot) : name);
    }

    /** Why a file of that size is not taken; null if it is. */
    public @Nullable String bySize(long bytes) {
        Long least = options.minSize();
        Long most = options.maxSize();
        if (least != null && bytes < least) {
            return "it has %d bytes, and the least is %d ('min-size')".formatted(bytes, least);
        }
        return most != null && bytes > most
                ? "it has %d bytes, and the most is %d ('max-size')".formatted(bytes, most)
                : null;
    }

    /** Why a file waits whose marker is not there. */
    public static String waitsFor(String marker) {
        return "it waits for its done-marker '" + VisibleText.name(marker) + "'";
    }
}
