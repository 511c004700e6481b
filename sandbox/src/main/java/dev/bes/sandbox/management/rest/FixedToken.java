package dev.bes.sandbox.management.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes one token, sent as {@code Authorization: Bearer …}.
 *
 * @param token the token
 */
public record FixedToken(String token) implements Function<Request, Optional<ManagementError>> {

    @Override
    public Optional<ManagementError> apply(Request request) {
        String sent = request.header("Authorization").orElse("");
        if (sent.isEmpty()) {
            return refused("Authentication failed. The 'Authorization' header is missing.");
        }
        boolean known = sent.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(sent.substring(7).strip().getBytes(UTF_8), token.getBytes(UTF_8));
        return known ? Optional.empty() : refused("The access token is invalid.");
    }

    private static Optional<ManagementError> refused(String message) {
        return Optional.of(new ManagementError(401, "AuthenticationFailed", message, List.of()));
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "FixedToken";
    }
}
