package dev.bes.testbench.checker.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one invariant found, in words that name ids. */
// the annotation that Error Prone misses would be a library more
@SuppressWarnings("AnnotateFormatMethod")
public final class Violations {

    private final List<String> words = new ArrayList<>();

    /** Adds a violation unless something holds. */
    public void unless(boolean holds, String format, @Nullable Object... about) {
        if (!holds) {
            words.add(String.format(Locale.ROOT, format, about));
        }
    }

    public void add(String format, @Nullable Object... about) {
        unless(false, format, about);
    }

    public List<String> list() {
        return List.copyOf(words);
    }
}
