package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Condition;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.budget.Precedence;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.text.DurationWords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The line to one endpoint: both keys on every call, every call through the gate, every answer whole within the
 * deadline and the byte limit.
 */
public final class Line {

    private final EndpointSettings settings;
    private final Keys keys;
    private final HttpClient http;
    private final Gate gate;
    private final ErrorMapping errors;
    private final CallMessages messages;

    Line(EndpointSettings settings, Keys keys, HttpClient http, Gate gate, ErrorMapping errors, CallMessages messages) {
        this.settings = settings;
        this.keys = keys;
        this.http = http;
        this.gate = gate;
        this.errors = errors;
        this.messages = messages;
    }

    /** What is said of calls to this endpoint. */
    public CallMessages messages() {
        return messages;
    }

    /** How many calls of that precedence can be made now; while the gate is shut nothing is taken up, only to be put back. */
    public int likely(Precedence precedence) {
        return gate.likely(precedence);
    }

    /** What the calls have shown of the far side lately. */
    public Condition condition() {
        return gate.condition();
    }

    /**
     * Sends a call and returns the body of a 2xx answer.
     *
     * @param path path and query below the base URL
     * @throws dev.bes.orchestrator.remote.RemoteException for every other outcome
     */
    public byte[] send(Call call, String method, String path, BodyPublisher body) {
        return gate.pass(call, () -> exchange(call, method, path, body));
    }

    private byte[] exchange(Call call, String method, String path, BodyPublisher body) {
        HttpResponse<byte[]> answer = answer(call, method, path, body);
        remaining(answer);
        if (answer.statusCode() / 100 != 2) {
            throw errors.of(call, answer);
        }
        if (isHtml(answer)) {
            throw messages.unavailable(call, answer.statusCode() + " with an HTML page, not from the service");
        }
        return answer.body();
    }

    /** Source: API Management, rate-limit policy, remaining-calls-header-name. */
    private void remaining(HttpResponse<byte[]> answer) {
        String header = settings.remainingCallsHeader();
        if (header != null) {
            answer.headers()
                    .firstValue(header)
                    .filter(value -> value.matches("\\d{1,9}"))
                    .ifPresent(value -> gate.remaining(Integer.parseInt(value)));
        }
    }

    /** What is refused for its key is not done, whatever the call: it may be sent again, once with each other key. */
    private HttpResponse<byte[]> answer(Call call, String method, String path, BodyPublisher body) {
        Set<Party> changed = EnumSet.noneOf(Party.class);
        for (; ; ) {
            Map<Party, Secret> used = keys.inUse();
            HttpResponse<byte[]> answer = await(call, request(used, method, path, body));
            @Nullable Party refuser = errors.refuser(answer);
            if (refuser == null || !changed.add(refuser) || !keys.change(refuser, used.get(refuser))) {
                return answer;
            }
        }
    }

    private HttpRequest request(Map<Party, Secret> used, String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .method(method, body)
                .header("Accept", "application/json");
        used.forEach((party, key) -> {
            switch (party) {
                case GATEWAY -> request.header(settings.subscriptionKeyHeader(), key.value());
                case SERVICE -> request.header("Authorization", "Bearer " + key.value());
            }
        });
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }

    /** A sign-in page or the like, which some box on the way has sent with a 200. */
    private static boolean isHtml(HttpResponse<byte[]> answer) {
        byte[] body = answer.body();
        return answer.headers().firstValue("Content-Type").orElse("").contains("html")
                || new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8)
                        .strip()
                        .startsWith("<");
    }

    /** The request's own timeout ends with the headers, so the whole exchange is timed and cancelled from outside. */
    private HttpResponse<byte[]> await(Call call, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), call.bodyLimit()));
        try {
            return exchange.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw messages.unavailable(call, "no whole answer within " + DurationWords.of(settings.callTimeout()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw messages.unavailable(call, "interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            throw messages.unavailable(call, e.getCause() == null ? e : e.getCause());
        }
    }
}
