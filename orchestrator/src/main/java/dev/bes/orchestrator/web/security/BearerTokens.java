package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.springframework.http.HttpHeaders;

/** A kind of token by which programs sign in, in the header {@code Authorization: Bearer}. */
public interface BearerTokens {

    /** Whether the token looks like one of this kind. Of several kinds exactly one may say so. */
    boolean isKind(String token);

    /** The token of a request; empty if it has none, several, or one that can't be read. */
    static Optional<String> in(HttpServletRequest request) {
        List<String> sent = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        Matcher bearer = BearerFilter.BEARER.matcher(
                sent.isEmpty() ? "" : sent.getFirst().strip());
        return sent.size() == 1 && bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }

    /** The caller that a token of any of these kinds stands for; empty if it is not valid. */
    static Optional<Access> access(List<BearerTokens> kinds, String token) {
        return kinds.stream().filter(kind -> kind.isKind(token)).findFirst().flatMap(kind -> kind.access(token));
    }

    /** The caller that the token stands for; empty if it is not valid. */
    Optional<Access> access(String token);
}
