package dev.bes.sandbox.batchendpoints.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues tokens for the client credentials of one program, in the older form (with {@code resource}) and the newer one (with
 * {@code scope}). Any tenant leads here. Sources: "authorization on batch endpoints" for the older form; "client credentials flow" and
 * "error codes" of the Microsoft identity platform for the rest.
 */
public final class TokenAuthority implements Handler {

    /** The id of the only client; its secret is made at each start. */
    public static final String CLIENT_ID = "5a4d0b0c-0000-4000-8000-000000000001";

    private static final Pattern ADDRESS = Pattern.compile("/([A-Za-z0-9.-]{1,90})/oauth2(/v2\\.0)?/token/?");
    private static final String DEFAULT_SCOPE = "/.default";
    private static final JsonMapper json = JsonMapper.builder().build();

    private final AccessTokens tokens;
    private final RuntimeSettings settings;
    private final byte[] secret;

    /** @param secret the secret of the client */
    public TokenAuthority(AccessTokens tokens, RuntimeSettings settings, String secret) {
        this.tokens = tokens;
        this.settings = settings;
        this.secret = secret.getBytes(UTF_8);
    }

    /** Whether a path is the address of one of the two forms. */
    public static boolean owns(String path) {
        return ADDRESS.matcher(path).matches();
    }

    @Override
    public Reply handle(Request request) {
        Matcher address = ADDRESS.matcher(request.path());
        if (!address.matches() || !request.method().equals("POST")) {
            return refused(400, "invalid_request", 900144, "The request must be a POST with a form.");
        }
        Map<String, String> form = form(request.body());
        boolean newer = address.group(2) != null;
        return refusal(form)
                .orElseGet(() -> audience(form, newer)
                        .map(audience -> issue(address.group(1), audience, newer))
                        .orElseGet(() -> unknownAudience(newer)));
    }

    private Optional<Reply> refusal(Map<String, String> form) {
        String grant = form.getOrDefault("grant_type", "");
        if (!grant.equals("client_credentials")) {
            return Optional.of(refused(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type. The sandbox takes client_credentials."));
        }
        if (!CLIENT_ID.equals(form.get("client_id"))) {
            return Optional.of(refused(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with this identifier was not found in the directory."));
        }
        byte[] given = form.getOrDefault("client_secret", "").getBytes(UTF_8);
        return MessageDigest.isEqual(secret, given)
                ? Optional.empty()
                : Optional.of(refused(401, "invalid_client", 7000215, "Invalid client secret provided."));
    }

    private static Optional<Audience> audience(Map<String, String> form, boolean newer) {
        if (!newer) {
            return Audience.of(form.getOrDefault("resource", ""));
        }
        // the libraries of Microsoft ask for scopes of OpenID Connect besides
        return Stream.of(form.getOrDefault("scope", "").split(" ", -1))
                .filter(scope -> scope.endsWith(DEFAULT_SCOPE))
                .findFirst()
                .flatMap(scope -> Audience.of(scope.substring(0, scope.length() - DEFAULT_SCOPE.length())));
    }

    private static Reply unknownAudience(boolean newer) {
        return newer
                ? refused(
                        400,
                        "invalid_scope",
                        1002012,
                        "The provided value for scope is not valid. It ends with /.default.")
                : refused(400, "invalid_resource", 500011, "The resource principal was not found in the tenant.");
    }

    private Reply issue(String tenant, Audience wanted, boolean newer) {
        Audience audience = settings.take(Fault.WRONG_AUDIENCE) ? Audience.GRAPH : wanted;
        AccessTokens.Issued issued = tokens.issue(tenant, CLIENT_ID, audience);
        long seconds = issued.lifetime().toSeconds();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        if (newer) {
            body.put("expires_in", seconds);
            body.put("ext_expires_in", seconds);
        } else {
            long now = issued.at().getEpochSecond();
            body.put("expires_in", String.valueOf(seconds));
            body.put("ext_expires_in", String.valueOf(seconds));
            body.put("expires_on", String.valueOf(now + seconds));
            body.put("not_before", String.valueOf(now));
            body.put("resource", audience.resource());
        }
        body.put("access_token", issued.text());
        return Reply.json(200, json.writeValueAsString(body)).with("Cache-Control", "no-store, no-cache");
    }

    private static Reply refused(int status, String error, int code, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", "AADSTS" + code + ": " + description);
        body.put("error_codes", List.of(code));
        body.put("correlation_id", UUID.randomUUID().toString());
        return Reply.json(status, json.writeValueAsString(body));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
