package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.template.PathLength;
import java.nio.file.FileSystems;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks the paths of a definition: relative, with forward slashes, and inside their folder. */
final class RelativePath {

    private static final Pattern ABSOLUTE = Pattern.compile("[/~].*|[A-Za-z]:.*");
    private static final Pattern UPWARDS = Pattern.compile("(.*/)?[.][.](/.*)?");

    private RelativePath() {}

    /** The mistake in a path; empty if it is valid. */
    static Optional<String> mistake(String path) {
        if (path.contains("\\")) {
            return Optional.of("must be written with '/'");
        }
        if (ABSOLUTE.matcher(path).matches()) {
            return Optional.of("must be relative");
        }
        if (UPWARDS.matcher(path).matches()) {
            return Optional.of("must not leave its folder by '..'");
        }
        return path.chars().anyMatch(Character::isISOControl)
                ? Optional.of("must not contain control characters")
                : PathLength.mistake(path);
    }

    /** The mistake in a path without templates; empty if it is valid. */
    static Optional<String> plainMistake(String path) {
        return path.contains("${") ? Optional.of("takes no templates") : mistake(path);
    }

    /** The mistake in a glob; empty if it is valid. */
    static Optional<String> globMistake(String glob) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not a valid glob: "
                    + e.getDescription().replace("'", "").toLowerCase(Locale.ROOT));
        }
    }
}
