package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs calls by HMAC. Source: Standard Webhooks 1.0.0, "Signature scheme". */
@Component
class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int FEWEST = 24;
    private static final int MOST = 64;

    private final List<SecretKeySpec> keys = new ArrayList<>();

    WebhookSignature(CallbackSettings settings) {
        add("orchestrator.callbacks.secret", settings.secret());
        add("orchestrator.callbacks.previous-secret", settings.previousSecret());
    }

    private void add(String setting, @Nullable Secret secret) {
        if (secret != null) {
            keys.add(new SecretKeySpec(bytes(setting, secret.value()), HMAC));
        }
    }

    private static byte[] bytes(String setting, String value) {
        try {
            byte[] bytes = value.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(value.substring(PREFIX.length()))
                    : new byte[0];
            if (bytes.length >= FEWEST && bytes.length <= MOST) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // told below, without the value
        }
        throw new InvalidSetting(
                setting,
                "must be 'whsec_' and %d to %d bytes in Base64, such as whsec_$(openssl rand -base64 32)"
                        .formatted(FEWEST, MOST));
    }

    /**
     * The value of the header {@code webhook-signature}: one signature for each secret.
     *
     * @param id the event
     * @param timestamp seconds since 1970
     */
    String of(String id, long timestamp, byte[] body) {
        byte[] head = "%s.%d.".formatted(id, timestamp).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, head, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }
}
