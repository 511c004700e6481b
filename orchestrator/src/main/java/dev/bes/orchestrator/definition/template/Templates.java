package dev.bes.orchestrator.definition.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Parses and resolves text with variables such as <code>${run.id}</code>. */
public final class Templates {

    private static final String OPEN = "${";

    private Templates() {}

    /**
     * Replaces the variables by their values.
     *
     * @throws TemplateException when the text is invalid or a value is missing
     */
    public static String resolve(String text, TemplateValues values) {
        return replace(text, expression -> TemplateVariable.parse(expression).value(values));
    }

    /**
     * Replaces the variables of a path. Each value becomes a {@link SafeName}, so that it can neither add a folder nor leave
     * one.
     *
     * @throws TemplateException when the text is invalid, a value is missing, or the path becomes too long for a file
     *     system
     */
    public static String resolvePath(String path, TemplateValues values) {
        String resolved = replace(
                path,
                expression -> SafeName.of(TemplateVariable.parse(expression).value(values)));
        PathLength.mistake(resolved).ifPresent(mistake -> {
            throw new TemplateException("The folder '%s' of the definition, filled in, %s: shorten what fills it"
                    .formatted(shown(path), mistake));
        });
        return resolved;
    }

    private static String shown(String path) {
        return path.length() <= 100 ? path : path.substring(0, 100) + "…";
    }

    /** The valid variables of a text, up to the first syntax error. */
    public static List<TemplateVariable> variables(String text) {
        List<TemplateVariable> variables = new ArrayList<>();
        try {
            replace(text, expression -> {
                variables.add(TemplateVariable.parse(expression));
                return "";
            });
        } catch (TemplateException _) {
            // mistakes() reports it
        }
        return variables;
    }

    /** All mistakes of the text that do not depend on values; empty if it is valid. */
    public static List<String> mistakes(String text) {
        List<String> mistakes = new ArrayList<>();
        try {
            replace(text, expression -> {
                try {
                    TemplateVariable.parse(expression);
                } catch (TemplateException e) {
                    mistakes.add(e.message());
                }
                return "";
            });
        } catch (TemplateException e) {
            mistakes.add(e.message());
        }
        return mistakes;
    }

    /** Replaces each variable by the result of a function. */
    public static String replace(String text, UnaryOperator<String> value) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new TemplateException("'" + text.substring(open) + "' has no '}'");
            }
            String expression = text.substring(open + OPEN.length(), close);
            result.append(text, from, open).append(value.apply(expression));
            from = close + 1;
        }
        return result.append(text, from, text.length()).toString();
    }
}
