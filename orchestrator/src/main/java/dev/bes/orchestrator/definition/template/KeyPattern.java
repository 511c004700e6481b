package dev.bes.orchestrator.definition.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of names with <code>{key}</code> where a name has its key, and {@code *} for any text. */
public final class KeyPattern {
    private static final Pattern PARTS = Pattern.compile("[{]key[}]|[*]|[^*{]+|[{]");

    private final Pattern names;

    private KeyPattern(Pattern names) {
        this.names = names;
    }

    /** Compiles a pattern. */
    public static KeyPattern of(String text) {
        String names = PARTS.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(
                        switch (part.group()) {
                            case "{key}" -> "(.+?)";
                            case "*" -> ".*";
                            default -> Pattern.quote(part.group());
                        }));
        return new KeyPattern(Pattern.compile(names, Pattern.DOTALL));
    }

    /** The key in a name; empty if the pattern does not match. */
    public Optional<String> keyOf(String name) {
        Matcher matcher = names.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
