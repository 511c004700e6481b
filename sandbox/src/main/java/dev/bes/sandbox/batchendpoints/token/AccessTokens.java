package dev.bes.sandbox.batchendpoints.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.settings.RuntimeSettings;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues access tokens and reads them back: JSON Web Tokens (RFC 7519), signed with a key that each start makes anew. The real ones
 * are signed with a public key; a client is not meant to read them.
 */
public final class AccessTokens {

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
    private static final int PARTS = 3;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key = randomKey();
    private final RuntimeSettings settings;
    private final InstantSource clock;

    /** Creates an issuer; the settings say how long tokens are valid. */
    public AccessTokens(RuntimeSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A token.
     *
     * @param lifetime from its issue to its end
     */
    record Issued(String text, Instant at, Duration lifetime) {}

    /**
     * What a token says.
     *
     * @param audience the resource that it is for
     * @param client the id of the client that it was issued to
     */
    record Claims(String audience, String client, Instant expires) {}

    Issued issue(String tenant, String client, Audience audience) {
        Instant now = clock.instant();
        Duration lifetime = settings.batchEndpoints().tokenLifetime();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience.resource());
        claims.put("iss", "https://sts.windows.net/" + tenant + "/");
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("appid", client);
        claims.put("tid", tenant);
        String signed = HEADER + "." + encode(json.writeValueAsString(claims));
        return new Issued(signed + "." + signature(signed), now, lifetime);
    }

    /** What a token says, whether it is still valid or not; empty if this issuer did not sign it. */
    Optional<Claims> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        byte[] expected = signature(parts[0] + "." + parts[1]).getBytes(UTF_8);
        if (!MessageDigest.isEqual(expected, parts[2].getBytes(UTF_8))) {
            return Optional.empty();
        }
        try {
            JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return Optional.of(new Claims(
                    claims.path("aud").asString(),
                    claims.path("appid").asString(),
                    Instant.ofEpochSecond(claims.path("exp").asLong())));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return encoder.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return encoder.encodeToString(text.getBytes(UTF_8));
    }

    private static SecretKeySpec randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
