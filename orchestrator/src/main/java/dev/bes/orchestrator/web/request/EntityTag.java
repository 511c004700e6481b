package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The version of a resource: header {@code ETag}. Who changes something that others may change too sends the version that he
 * has seen, in header {@code If-Match}. Source: RFC 9110, section 13.1.1.
 *
 * @param value the version in quotes, as the header has it
 */
public record EntityTag(String value) {
    private static final int DIGITS = 24;

    /** The version of a state, by its text; equal states have equal texts on all nodes. */
    public static EntityTag of(@Nullable Object state) {
        return new EntityTag("\"" + Sha256.of(String.valueOf(state)).substring(0, DIGITS) + "\"");
    }

    /**
     * Refuses a change by a caller who has seen another version. One who names none changes whatever there is.
     *
     * @throws ProblemException if If-Match names other versions only
     */
    public void require(HttpServletRequest request) {
        List<String> named = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .toList();
        if (!named.isEmpty() && !named.contains("*") && !named.contains(value)) {
            throw new ProblemException(
                    ProblemKind.CHANGED_MEANWHILE,
                    "It is no longer what you have seen: somebody has changed it. Nothing was done");
        }
    }
}
