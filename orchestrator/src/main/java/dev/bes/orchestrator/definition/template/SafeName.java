package dev.bes.orchestrator.definition.template;

import java.util.regex.Pattern;

/** Makes names from outside safe as one path segment on any disk and in any blob store. */
public final class SafeName {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern LEADING_DOTS = Pattern.compile("^[.]+");
    /** Maximum length in characters. */
    static final int MAX_LENGTH = 100;

    private SafeName() {}

    /**
     * The name with every character but letters, digits, '.', '_' and '-' replaced by '_'; at most 100 characters,
     * never empty, never starting with a dot. A safe name stays as it is; two different names may become the same.
     */
    public static String of(String name) {
        String plain = UNSAFE.matcher(name).replaceAll("_");
        String visible = LEADING_DOTS.matcher(plain).replaceFirst("_");
        String some = visible.isEmpty() ? "_" : visible;
        return some.substring(0, Math.min(some.length(), MAX_LENGTH));
    }
}
