package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.ExistsAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs {@code set-header}. Several values become one, with commas between. Source: policy reference, usage notes. */
final class HeaderChange {

    private HeaderChange() {}

    static Optional<Refusal> ofRequest(Policy.SetHeader policy, GatewayCall call) {
        Optional<String> known = call.request().header(policy.name());
        call.request(call.request().withHeader(policy.name(), changed(policy, known)));
        return Optional.empty();
    }

    static Optional<Refusal> ofReply(Policy.SetHeader policy, GatewayCall call) {
        Map<String, String> headers = new LinkedHashMap<>(call.reply().headers());
        Optional<String> known = headers.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(policy.name()))
                .findFirst()
                .map(headers::remove);
        changed(policy, known).ifPresent(value -> headers.put(policy.name(), value));
        call.reply(new Reply(call.reply().status(), headers, call.reply().body()));
        return Optional.empty();
    }

    /** The value that the header has afterwards; empty when it has none. */
    private static Optional<String> changed(Policy.SetHeader policy, Optional<String> known) {
        String values = String.join(",", policy.values());
        if (policy.existsAction() == ExistsAction.DELETE) {
            return Optional.empty();
        }
        if (policy.existsAction() == ExistsAction.SKIP) {
            return known.or(() -> Optional.of(values));
        }
        return policy.existsAction() == ExistsAction.APPEND
                ? Optional.of(known.map(it -> it + "," + values).orElse(values))
                : Optional.of(values);
    }
}
