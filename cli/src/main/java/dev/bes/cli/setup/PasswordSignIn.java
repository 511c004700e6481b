package dev.bes.cli.setup;

import dev.bes.api.account.KeysJson.CreatedKeyJson;
import dev.bes.api.account.KeysJson.NewKeyJson;
import dev.bes.api.account.MeJson;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs a user in as a browser does, by the form of the sign-in page, makes an API key for him, and signs out. So a password is
 * checked in one place only, with the limits that stand there.
 */
final class PasswordSignIn implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int SEE_OTHER = 303;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]{1,500})\"");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Server server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .cookieHandler(new CookieManager())
            .build();

    PasswordSignIn(Server server) {
        this.server = server;
    }

    private record Answer(int status, String location, String retryAfter, String body) {}

    /**
     * Makes a key with everything that the user may do.
     *
     * @param name what the key is for
     * @param days how long it is valid; null for the usual time
     * @return the text of the key
     * @throws CommandFailedException if the service does not sign him in, or does not make the key
     */
    String key(String user, String password, String name, @Nullable Integer days) {
        signIn(user, password);
        MeJson me = read(get("/api/v1/me", JSON), OK, MeJson.class);
        String token = token("/account");
        String wanted = MAPPER.writeValueAsString(new NewKeyJson(name, List.copyOf(me.grants()), days));
        Answer made = send(request("/api/v1/keys", JSON)
                .header("Content-Type", JSON)
                .header("X-XSRF-TOKEN", token)
                .POST(BodyPublishers.ofString(wanted)));
        CreatedKeyJson key = read(made, CREATED, CreatedKeyJson.class);
        signOut();
        return key.text();
    }

    private void signOut() {
        post("/sign-out", Map.of("_csrf", token("/account")));
    }

    private void signIn(String user, String password) {
        Answer answer = post("/sign-in", Map.of("user", user, "password", password, "_csrf", token("/sign-in")));
        switch (answer.status) {
            case SEE_OTHER -> {
                if (answer.location.endsWith("/account")) {
                    signOut();
                    throw CommandFailedException.refused(
                            "The one-time password must be changed first: sign in at %s/sign-in with your browser"
                                    .formatted(server));
                }
            }
            case UNAUTHORIZED -> throw CommandFailedException.refused("The name or the password is not correct");
            case TOO_MANY ->
                throw CommandFailedException.refused(
                        "Too many attempts have failed: try again in %s s".formatted(answer.retryAfter));
            default -> throw unexpected(answer);
        }
    }

    private String token(String page) {
        Answer answer = get(page, "text/html");
        Matcher token = TOKEN.matcher(answer.body);
        if (answer.status != OK || !token.find()) {
            throw CommandFailedException.refused(
                    ("%s has no sign-in by password (it answers %d): make a key on its page of keys, and use bes login"
                                    + " without --user")
                            .formatted(server, answer.status));
        }
        return token.group(1);
    }

    private static <T> T read(Answer answer, int status, Class<T> type) {
        if (answer.status != status) {
            throw unexpected(answer);
        }
        try {
            return MAPPER.readValue(answer.body, type);
        } catch (JacksonException e) {
            throw CommandFailedException.refused(
                    "The answer is not from the service itself: " + e.getOriginalMessage());
        }
    }

    private static CommandFailedException unexpected(Answer answer) {
        String said;
        try {
            said = MAPPER.readTree(answer.body).path("detail").asString("");
        } catch (JacksonException e) {
            said = "";
        }
        return CommandFailedException.refused(
                said.isEmpty() ? "The service answers %d".formatted(answer.status) : said);
    }

    private Answer get(String path, String accept) {
        return send(request(path, accept).GET());
    }

    private Answer post(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path, "text/html").header("Content-Type", FORM).POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(TIMEOUT)
                .header("Accept", accept);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Location").orElse(""),
                        answer.headers().firstValue("Retry-After").orElse("60"),
                        new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw CommandFailedException.refused(
                    "%s does not answer (%s): start the service, or choose another one".formatted(server, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("Interrupted");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
