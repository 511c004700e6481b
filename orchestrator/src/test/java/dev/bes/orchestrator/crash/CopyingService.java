package dev.bes.orchestrator.crash;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service whose output is its input, copied within the blob store: it costs no time, however large the file. */
final class CopyingService implements AutoCloseable {
    private final Map<String, JsonNode> jobs = new ConcurrentHashMap<>();
    private final BlobServiceClient store;
    private final HttpServer server;

    CopyingService(String connectionString) {
        store = new BlobServiceClientBuilder()
                .connectionString(connectionString)
                .buildClient();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/jobs", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            body)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String answer(String method, String path, String body) {
        if (method.equals("GET")) {
            return "{\"StatusCode\": \"Finished\"}";
        }
        if (path.endsWith("/start")) {
            copy(jobs.get(path.split("/", -1)[2]));
            return "{}";
        }
        String id = "copy" + jobs.size();
        jobs.put(id, JsonMapper.shared().readTree(body));
        return "\"" + id + "\"";
    }

    private void copy(JsonNode job) {
        JsonNode input = job.path("Inputs").path("input1");
        blob(job.path("Outputs").path("output1"))
                .copyFromUrl(
                        blob(input).getBlobUrl() + input.path("SasBlobToken").asString());
    }

    private BlobClient blob(JsonNode reference) {
        String[] location = reference.path("RelativeLocation").asString().split("/", 2);
        return store.getBlobContainerClient(location[0]).getBlobClient(location[1]);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
