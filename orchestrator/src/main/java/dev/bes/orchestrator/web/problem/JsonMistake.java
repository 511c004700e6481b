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

/** Says in plain words what is wrong with the JSON of a request, and where. */
public final class JsonMistake {
    private JsonMistake() {}

    static ProblemDetail problem(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException mistake
                ? problem(mistake)
                : ProblemKind.MALFORMED_JSON.detail("The request has no body; a JSON object is expected");
    }

    public static ProblemDetail problem(JacksonException mistake) {
        TokenStreamLocation place = mistake.getLocation();
        if (place == null || place.getLineNr() < 1) {
            return ProblemKind.MALFORMED_JSON.detail(words(mistake));
        }
        ProblemDetail problem = ProblemKind.MALFORMED_JSON.detail(
                "Line %d, column %d: %s".formatted(place.getLineNr(), place.getColumnNr(), words(mistake)));
        problem.setProperty("line", place.getLineNr());
        problem.setProperty("column", place.getColumnNr());
        return problem;
    }

    private static String words(JacksonException mistake) {
        return switch (mistake) {
            case UnrecognizedPropertyException unknown ->
                "unknown key '%s'; known are: %s".formatted(unknown.getPropertyName(), known(unknown));
            case MismatchedInputException mismatch -> "wrong type of value at " + path(mismatch);
            case StreamConstraintsException limit -> "the document is too large or too deep: " + firstLine(limit);
            case StreamReadException syntax -> firstLine(syntax);
            default -> "not the JSON that is expected";
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
        return path.isEmpty() ? "the top: an object is expected" : "'" + path + "'";
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
