package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.text.HttpAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes one signed call. Source of the headers: Standard Webhooks 1.0.0, "Webhook Metadata". */
@Component
class SignedCall {
    private final AllowedAddresses allowed;
    private final WebhookSignature signature;
    private final CallbackClient client;
    private final InstantSource clock;

    SignedCall(AllowedAddresses allowed, WebhookSignature signature, CallbackClient client, InstantSource clock) {
        this.allowed = allowed;
        this.signature = signature;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Posts to the address of a callback.
     *
     * @return the status of the answer
     * @throws IOException if there is none, or the address may not be called; the message holds nothing from outside
     */
    int post(Callback callback, byte[] body) throws IOException {
        HttpAddress address = address(callback);
        String event = callback.event().toString();
        long now = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "bes-orchestrator");
        headers.put("webhook-id", event);
        headers.put("webhook-timestamp", Long.toString(now));
        headers.put("webhook-signature", signature.of(event, now, body));
        return client.post(address, allowed.resolve(address), headers, body);
    }

    private static HttpAddress address(Callback callback) throws IOException {
        try {
            return HttpAddress.of(callback.address());
        } catch (IllegalArgumentException e) {
            throw new IOException("the address " + e.getMessage(), e);
        }
    }
}
