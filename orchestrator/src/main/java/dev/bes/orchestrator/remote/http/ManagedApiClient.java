package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.budget.CallPriority;
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
 * The HTTP client of one address of an endpoint. Sends its keys with every call, passes every call through the gate, and limits the
 * time and the size of every answer.
 */
public final class ManagedApiClient {

    private final EndpointSettings settings;
    private final Address address;
    private final HttpClient http;
    private final CallGate callGate;
    private final CallObservations observations;
    private final ErrorMapping errors;
    private final CallMessages messages;

    ManagedApiClient(
            EndpointSettings settings,
            Address address,
            HttpClient http,
            CallGate callGate,
            CallObservations observations,
            ErrorMapping errors,
            CallMessages messages) {
        this.settings = settings;
        this.address = address;
        this.http = http;
        this.callGate = callGate;
        this.observations = observations;
        this.errors = errors;
        this.messages = messages;
    }

    /**
     * An address that an endpoint is called at.
     *
     * @param url base URL of the calls, without a slash at its end
     * @param setting setting of the endpoint that holds the URL
     * @param keys keys that the calls carry
     * @param headers headers of every call besides the keys
     */
    public record Address(String url, String setting, CallKeys keys, Map<String, String> headers) {}

    /** Writes the messages about calls to this endpoint. */
    public CallMessages messages() {
        return messages;
    }

    /** Estimates the calls of this priority that can be made now; zero while the gate is closed. */
    public int estimateAvailable(CallPriority callPriority) {
        return callGate.estimateAvailable(callPriority);
    }

    /** The health of the endpoint, as recent calls have shown it. */
    public ObservedHealth observedHealth() {
        return callGate.observedHealth();
    }

    /**
     * Sends a call and returns the body of a 2xx answer.
     *
     * @param path path and query below the base URL
     * @throws dev.bes.orchestrator.remote.RemoteException for every other outcome
     */
    public byte[] send(ManagedCall managedCall, String method, String path, BodyPublisher body) {
        return observations.observe(
                managedCall,
                () -> exchange(managedCall, method, path, body),
                exchange -> callGate.pass(managedCall, exchange));
    }

    private byte[] exchange(ManagedCall managedCall, String method, String path, BodyPublisher body) {
        HttpResponse<byte[]> answer = answer(managedCall, method, path, body);
        remaining(answer);
        if (answer.statusCode() / 100 != 2) {
            throw errors.of(managedCall, answer);
        }
        if (isHtml(answer)) {
            throw messages.unavailable(
                    managedCall,
                    answer.statusCode() + " with an HTML page, which does not come from the service ("
                            + messages.checkAddress() + ")");
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
                    .ifPresent(value -> callGate.updateRemaining(Integer.parseInt(value)));
        }
    }

    /** A call whose key is refused is not done, so it is sent again, once with each other key. */
    private HttpResponse<byte[]> answer(ManagedCall managedCall, String method, String path, BodyPublisher body) {
        Set<KeyIssuer> changed = EnumSet.noneOf(KeyIssuer.class);
        for (; ; ) {
            Map<KeyIssuer, Secret> used = address.keys().inUse();
            HttpResponse<byte[]> answer = await(managedCall, request(used, method, path, body));
            @Nullable KeyIssuer refuser = errors.refuser(answer);
            if (refuser == null || !changed.add(refuser) || !address.keys().switchKey(refuser, used.get(refuser))) {
                return answer;
            }
        }
    }

    private HttpRequest request(Map<KeyIssuer, Secret> used, String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .method(method, body)
                .header("Accept", "application/json");
        address.headers().forEach(request::header);
        used.forEach((keyIssuer, key) -> {
            switch (keyIssuer) {
                case GATEWAY -> request.header(settings.subscriptionKeyHeader(), key.value());
                case SERVICE -> request.header("Authorization", "Bearer " + key.value());
            }
        });
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }

    /** A sign-in page, for example, that a proxy has sent with a 200. */
    private static boolean isHtml(HttpResponse<byte[]> answer) {
        byte[] body = answer.body();
        return answer.headers().firstValue("Content-Type").orElse("").contains("html")
                || new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8)
                        .strip()
                        .startsWith("<");
    }

    /** The request's own time-out covers only the headers, so the whole exchange is timed and cancelled here. */
    private HttpResponse<byte[]> await(ManagedCall managedCall, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), managedCall.bodyLimit()));
        try {
            return exchange.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw messages.unavailable(
                    managedCall, "no complete answer within " + DurationWords.of(settings.callTimeout()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw messages.unavailable(managedCall, "interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            throw messages.unavailable(managedCall, e.getCause() == null ? e : e.getCause());
        }
    }
}
