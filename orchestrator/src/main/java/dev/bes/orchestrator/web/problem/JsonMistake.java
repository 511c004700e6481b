package dev.bes.orchestrator.web.problem;

import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Explains what is wrong with the JSON of a request, with line and column. */
public final class JsonMistake {
    private JsonMistake() {}

    static ProblemDetail problem(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException mistake
                ? problem(mistake)
                : ProblemKind.MALFORMED_JSON.detail("The request has no body; it needs a JSON object");
    }

    public static ProblemDetail problem(JacksonException mistake) {
        TokenStreamLocation location = mistake.getLocation();
        if (location == null || location.getLineNr() < 1) {
            return ProblemKind.MALFORMED_JSON.detail(message(mistake));
        }
        ProblemDetail problem = ProblemKind.MALFORMED_JSON.detail(
                "Line %d, column %d: %s".formatted(location.getLineNr(), location.getColumnNr(), message(mistake)));
        problem.setProperty("line", location.getLineNr());
        problem.setProperty("column", location.getColumnNr());
        return problem;
    }

    private static String message(JacksonException mistake) {
        return switch (mistake) {
            case UnrecognizedPropertyException unknown ->
                "unknown key '%s'; the known keys are: %s".formatted(unknown.getPropertyName(), known(unknown));
            case MismatchedInputException mismatch -> "wrong type of value at " + path(mismatch);
            case StreamConstraintsException limit -> "the document is too large or too deep: " + firstLine(limit);
            case StreamReadException syntax -> firstLine(syntax);
            default -> "unexpected JSON";
        };
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String path(DatabindException mismatch) {
        String path = mismatch.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .map(name -> name == null ? "[]" : name)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the top level: it must be an object" : "'" + path + "'";
    }

    private static String firstLine(JacksonException mistake) {
        return String.valueOf(mistake.getOriginalMessage())
                .lines()
                .findFirst()
                .orElse("unreadable")
                .replaceFirst("[(]start marker at .*", "")
                .strip();
    }
}
