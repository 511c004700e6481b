package dev.bes.sandbox.batchendpoints.token;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes tokens of one audience only. The codes and texts are those of Azure Resource Manager; that the data plane has the same ones
 * is assumed.
 */
public final class TokenCheck implements Function<Request, Optional<ManagementError>> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private final AccessTokens tokens;
    private final Audience audience;
    private final InstantSource clock;

    /** A check for this audience. */
    public TokenCheck(AccessTokens tokens, Audience audience, InstantSource clock) {
        this.tokens = tokens;
        this.audience = audience;
        this.clock = clock;
    }

    /** Why the request is refused; empty if its token is good. */
    @Override
    public Optional<ManagementError> apply(Request request) {
        String sent = request.header("Authorization").orElse("");
        if (sent.isEmpty()) {
            return refused("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        Optional<AccessTokens.Claims> claims = sent.regionMatches(true, 0, "Bearer ", 0, 7)
                ? tokens.read(sent.substring(7).strip())
                : Optional.empty();
        return claims.map(this::refusal)
                .orElseGet(() -> refused("InvalidAuthenticationToken", "The access token is invalid."));
    }

    private Optional<ManagementError> refusal(AccessTokens.Claims claims) {
        Instant now = clock.instant();
        if (!claims.audience().equals(audience.resource())) {
            return refused(
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with '%s'."
                            .formatted(claims.audience(), audience.resource()));
        }
        if (!claims.expires().isAfter(now)) {
            return refused(
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
                            .formatted(TIME.format(claims.expires()), TIME.format(now)));
        }
        return Optional.empty();
    }

    private static Optional<ManagementError> refused(String code, String message) {
        return Optional.of(new ManagementError(401, code, message, List.of()));
    }
}
