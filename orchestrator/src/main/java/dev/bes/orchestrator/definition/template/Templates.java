package dev.bes.orchestrator.definition.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Text with variables such as <code>${run.id}</code>: what may be written, and what it becomes in a run. */
public final class Templates {

    private static final String OPEN = "${";

    private Templates() {}

    /**
     * Puts the values in.
     *
     * @throws TemplateException when the text is broken or a value that it needs is not there
     */
    public static String resolve(String text, TemplateValues values) {
        return replaced(text, expression -> TemplateVariable.parse(expression).value(values));
    }

    /**
     * Puts the values into a path. What a variable brings is made a {@link SafeName} first, so that it never adds a
     * folder and never leaves one.
     *
     * @throws TemplateException when the text is broken, a value that it needs is not there, or the path becomes longer
     *     than a file system takes
     */
    public static String resolvePath(String path, TemplateValues values) {
        String resolved = replaced(
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

    /** The variables of a text, without those that are broken. */
    public static List<TemplateVariable> variables(String text) {
        List<TemplateVariable> variables = new ArrayList<>();
        try {
            replaced(text, expression -> {
                variables.add(TemplateVariable.parse(expression));
                return "";
            });
        } catch (TemplateException _) {
            // said by mistakes(): what follows it is not known
        }
        return variables;
    }

    /** Everything that is wrong with the text whatever the values; empty when it is good. */
    public static List<String> mistakes(String text) {
        List<String> mistakes = new ArrayList<>();
        try {
            replaced(text, expression -> {
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

    /** The text with each variable replaced. */
    public static String replaced(String text, UnaryOperator<String> value) {
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
