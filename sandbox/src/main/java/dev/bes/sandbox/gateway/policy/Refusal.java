package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Reply;

/**
 * A refusal by the gateway itself.
 *
 * @param source what refused: a policy, {@code configuration} or {@code authorization}
 * @param reason the reason in the words of API Management's {@code LastError}. Source: error handling in policies
 */
public record Refusal(Reply reply, String source, String reason) {

    Refusal with(String header, String value) {
        return new Refusal(reply.with(header, value), source, reason);
    }
}
