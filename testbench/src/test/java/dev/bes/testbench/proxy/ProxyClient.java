package dev.bes.testbench.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls through a proxy. */
final class ProxyClient implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FaultProxy proxy;

    ProxyClient(FaultProxy proxy) {
        this.proxy = proxy;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path, Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return post(path, Duration.ofSeconds(60));
    }

    /** @param wait how long it waits for the head of the reply */
    HttpResponse<String> post(String path, Duration wait) throws IOException, InterruptedException {
        return http.send(
                request(path, wait).POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postLater(String path) {
        HttpRequest.Builder request = request(path, Duration.ofSeconds(60));
        return http.sendAsync(request.POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** The reply's body as it comes in. */
    InputStream open(String path) throws IOException, InterruptedException {
        return http.send(request(path, Duration.ofSeconds(60)).build(), BodyHandlers.ofInputStream())
                .body();
    }

    HttpResponse<String> postInChunks(String path, InputStream body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, Duration.ofSeconds(60));
        return http.send(request.POST(BodyPublishers.ofInputStream(() -> body)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpRequest.Builder request(String path, Duration wait) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                .timeout(wait);
    }
}
