package dev.bes.orchestrator.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without script: it keeps cookies, sends the token of the forms, and follows no redirect. It may use several nodes. */
public final class BrowserSession {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI node;

    public BrowserSession(String node) {
        this.node = URI.create(node);
    }

    public Caller.Answer get(String path, String... headers) {
        return get(node, path, headers);
    }

    /** Gets a page of another node. */
    public Caller.Answer get(URI from, String path, String... headers) {
        return send(request(from, path, headers).GET().build());
    }

    /** Sends a form with the token of the page at {@code /sign-in} or, for who has signed in, at {@code /account}. */
    public Caller.Answer post(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", token());
        return postWithoutToken(path, all);
    }

    public Caller.Answer postWithoutToken(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(path, "application/x-www-form-urlencoded", body, headers);
    }

    public Caller.Answer post(String path, String type, String body, String... headers) {
        return send(request(node, path, headers)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    public Caller.Answer signIn(String user, String password) {
        return post("/sign-in", Map.of("user", user, "password", password));
    }

    /** A token that a form of this browser may carry. */
    public String token() {
        String page = get("/account").body();
        Matcher token =
                TOKEN.matcher(page.contains("_csrf") ? page : get("/sign-in").body());
        return token.find() ? token.group(1) : "";
    }

    /** The value of a cookie; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static HttpRequest.Builder request(URI from, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(from.resolve(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return path.startsWith("/api/") ? request : request.header("Accept", "text/html");
    }

    private Caller.Answer send(HttpRequest request) {
        try {
            return new Caller.Answer(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
