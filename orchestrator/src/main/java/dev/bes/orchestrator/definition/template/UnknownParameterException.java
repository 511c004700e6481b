package dev.bes.orchestrator.definition.template;

import dev.bes.orchestrator.text.Suggestion;
import java.util.List;

/** A request brings a parameter that no template of its definition uses; the message lists those that are used. */
public final class UnknownParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final String name;
    private final transient List<String> known;

    UnknownParameterException(String definition, String name, List<String> known) {
        super("Definition '%s' has no parameter '%s': %s".formatted(definition, shortened(name), hint(name, known)));
        this.name = name;
        this.known = known;
    }

    /** The name that is not known. */
    public String name() {
        return name;
    }

    /** The names that are known. */
    public List<String> known() {
        return known;
    }

    private static String hint(String name, List<String> known) {
        if (known.isEmpty()) {
            return "none of its templates uses one";
        }
        String all = "its parameters are: " + String.join(", ", known);
        return Suggestion.nearest(name, known)
                .map(near -> "did you mean '" + near + "'? " + all)
                .orElse(all);
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
