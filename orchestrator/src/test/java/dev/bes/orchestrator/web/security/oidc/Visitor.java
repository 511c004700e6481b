package dev.bes.orchestrator.web.security.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who goes from page to page with the cookies of each site, one step at a time. */
final class Visitor {
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*name=\"(_csrf)\"[^>]*value=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private URI here = URI.create("http://localhost/");
    private HttpResponse<String> answer;

    int status() {
        return answer.statusCode();
    }

    String body() {
        return answer.body();
    }

    URI here() {
        return here;
    }

    /** Where the answer sends him; his own address if nowhere. */
    URI next() {
        return here.resolve(answer.headers().firstValue("Location").orElse(""));
    }

    Visitor open(URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/html");
        return send(headers.length == 0 ? request : request.headers(headers), address);
    }

    /** Follows redirects until there are none. */
    Visitor follow() {
        while (status() / 100 == 3) {
            open(next());
        }
        return this;
    }

    /** Sends a form with the hidden token of the page that he sees. */
    Visitor submit(URI address, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        Matcher hidden = HIDDEN.matcher(body());
        if (hidden.find()) {
            all.put(hidden.group(1), hidden.group(2));
        }
        String form = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                address);
    }

    private Visitor send(HttpRequest.Builder request, URI address) {
        Map<String, String> own = cookies.computeIfAbsent(address.getAuthority(), site -> new HashMap<>());
        if (!own.isEmpty()) {
            request.header(
                    "Cookie",
                    own.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            answer = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        here = address;
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            own.put(pair[0], pair[1]);
        });
        return this;
    }
}
