package dev.bes.benchmarks.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** HTTP requests to the stub and to the other engines, and those whose time is measured. */
public final class HttpRequests {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpRequests() {}

    /** A request with a timeout of 5 minutes. */
    public static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(5));
    }

    /**
     * The body of the answer to a request.
     *
     * @throws BenchmarkFailure when the answer is not of the 200s
     */
    public static String body(HttpRequest.Builder builder) {
        HttpResponse<String> answer = send(builder.build());
        if (answer.statusCode() / 100 != 2) {
            throw new BenchmarkFailure(
                    "%s was answered with %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new BenchmarkFailure(request.uri() + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("Interrupted", e);
        }
    }
}
