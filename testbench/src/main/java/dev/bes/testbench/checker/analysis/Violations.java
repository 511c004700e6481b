package dev.bes.testbench.checker.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The violations of one invariant, one line each, with the ids. */
// the annotation that Error Prone asks for needs another library
@SuppressWarnings("AnnotateFormatMethod")
public final class Violations {

    private final List<String> lines = new ArrayList<>();

    /** Adds a violation if the condition does not hold. */
    public void require(boolean holds, String format, @Nullable Object... about) {
        if (!holds) {
            lines.add(String.format(Locale.ROOT, format, about));
        }
    }

    /** Adds a violation. */
    public void add(String format, @Nullable Object... about) {
        require(false, format, about);
    }

    /** All violations so far. */
    public List<String> list() {
        return List.copyOf(lines);
    }
}
