package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request: {@code k-1} and {@code "k-1"} are the same one. It may come several times, in lines of its own or
 * joined by commas as proxies do, as long as it is the same each time. Source: draft-ietf-httpapi-idempotency-key-header,
 * where it is a string of RFC 9651, in quotes.
 */
public final class IdempotencyKey {
    /** The header of an answer to a request that an earlier one with the same key had done. */
    public static final String REPLAYED = "Idempotency-Replayed";

    /** The header that carries it. */
    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[!-~&&[^,\"]]{1,200}");

    private IdempotencyKey() {}

    /**
     * The key in the header of a request; null if there is none.
     *
     * @throws ProblemException if it can't be one, or if there are two
     */
    public static @Nullable String of(HttpServletRequest request) {
        return of(request, null);
    }

    /**
     * The key in the header of a request or in its form; null if there is none.
     *
     * @param field what the form says
     * @throws ProblemException if it can't be one, or if there are two
     */
    public static @Nullable String of(HttpServletRequest request, @Nullable String field) {
        List<String> texts = Collections.list(request.getHeaders(HEADER));
        if (field != null) {
            texts.add(field);
        }
        return of(texts);
    }

    /**
     * The key in these texts; null if there are none.
     *
     * @throws ProblemException if it can't be one, or if there are two
     */
    static @Nullable String of(List<String> texts) {
        List<String> keys = texts.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(IdempotencyKey::one)
                .distinct()
                .toList();
        if (keys.size() > 1) {
            throw new ProblemException(
                    ProblemKind.BAD_KEY,
                    "There are %d different Idempotency-Keys: '%s' and '%s'. Send one; a key can't contain a comma"
                            .formatted(keys.size(), keys.get(0), keys.get(1)));
        }
        return keys.isEmpty() ? null : keys.getFirst();
    }

    private static String one(String text) {
        String key = text.strip();
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemKind.BAD_KEY,
                    "An Idempotency-Key has 1 to 200 visible ASCII characters, without commas and double quotes");
        }
        return key;
    }
}
