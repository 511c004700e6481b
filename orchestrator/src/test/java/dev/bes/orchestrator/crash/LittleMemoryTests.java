package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.testbench.process.Signal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that send more at a time than a node has memory for, and a node that is killed while files come in. */
@Tag("slow")
class LittleMemoryTests {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void survivesManyLargeRequestsAtOnce() throws IOException {
        try (Installation installation = Installation.usual(NodeProgram.shared(), folder, "little-memory")) {
            NodeProcess node = installation.start("-Xmx128m").awaitReady();
            HttpClient client = HttpClient.newHttpClient();

            Map<Integer, Integer> answers = new TreeMap<>();
            answers.putAll(all(200, client, () -> json(node.url())));
            answers.putAll(all(16, client, () -> form(node.url(), "; filename=\"a.csv\"", MEGABYTE - 1_000)));
            answers.putAll(all(64, client, () -> form(node.url(), "", MEGABYTE / 48 - 100)));

            assertThat(node.isAlive()).as(node::said).isTrue();
            assertThat(answers.keySet()).as(node::said).isSubsetOf(0, 400, 413, 422, 503);
            assertThat(node.said()).doesNotContain("OutOfMemoryError");
            new RunVerification(installation, ended(installation, WorkKind.REQUEST.begin(installation))).isScoredOnce();
        }
    }

    private static long ended(Installation installation, long run) {
        installation.awaitEnd(run);
        return run;
    }

    /** Status of each answer, and how often; 0 for a connection that was closed on the caller while it sent. */
    private static Map<Integer, Integer> all(int count, HttpClient client, Supplier<HttpRequest> request) {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, count)
                .mapToObj(i -> client.sendAsync(request.get(), BodyHandlers.discarding())
                        .handle((answer, e) -> answer == null ? 0 : answer.statusCode()))
                .toList();
        Map<Integer, Integer> answers = new TreeMap<>();
        calls.forEach(call -> answers.merge(call.join(), 1, Integer::sum));
        return answers;
    }

    private static HttpRequest json(URI node) {
        String body = "{\"definition\": \"hash\", \"parameters\": {\"where\": \"" + "x".repeat(MEGABYTE - 100) + "\"}}";
        return HttpRequest.newBuilder(node.resolve("/api/v1/runs"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** A form of 48 parts. */
    private static HttpRequest form(URI node, String file, int bytes) {
        byte[] content = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        return HttpRequest.newBuilder(node.resolve("/api/v1/runs"))
                .timeout(PATIENCE)
                .header("Content-Type", "multipart/form-data; boundary=between")
                .POST(BodyPublishers.ofInputStream(() -> {
                    List<InputStream> parts = new ArrayList<>();
                    for (int i = 0; i < 48; i++) {
                        parts.add(text("--between\r\nContent-Disposition: form-data; name=\"parameters.p" + i + "\""
                                + file + "\r\n\r\n"));
                        parts.add(new ByteArrayInputStream(content));
                        parts.add(text("\r\n"));
                    }
                    parts.add(text("--between--\r\n"));
                    return new SequenceInputStream(Collections.enumeration(parts));
                }))
                .build();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void leavesNothingOfAnUploadThatItWasKilledIn() throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Path uploadTemp = folder.resolve("upload-temp");
        try (Installation installation = Installation.usual(NodeProgram.shared(), folder, "killed-upload")) {
            NodeProcess node = installation.start("-Djava.io.tmpdir=" + scratch).awaitReady();
            try (Socket caller = new Socket(node.url().getHost(), node.url().getPort())) {
                caller.getOutputStream()
                        .write(("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
                                        + "Content-Type: multipart/form-data; boundary=between\r\n\r\n--between\r\n"
                                        + "Content-Disposition: form-data; name=\"input1\"; filename=\"a.csv\"\r\n\r\ntext\n"
                                        + "x".repeat(MEGABYTE))
                                .getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE).until(() -> !halves(uploadTemp).isEmpty());
                node.signal(Signal.KILL).exitCode();
            }
            assertThat(names(scratch))
                    .as("the system's temporary folder")
                    .noneMatch(n -> n.matches("(upload|tomcat).*"));
            assertThat(halves(uploadTemp)).isNotEmpty();
            for (Path mark : find(uploadTemp, "alive")) {
                Files.setLastModifiedTime(
                        mark,
                        FileTime.from(
                                Files.getLastModifiedTime(mark).toInstant().minus(Duration.ofMinutes(11))));
            }

            installation.start("-Djava.io.tmpdir=" + scratch).awaitReady();

            assertThat(halves(uploadTemp)).isEmpty();
        }
    }

    private static List<Path> halves(Path uploadTemp) throws IOException {
        return find(uploadTemp, "upload_.*");
    }

    private static List<String> names(Path folder) throws IOException {
        return find(folder, ".*").stream().map(f -> f.getFileName().toString()).toList();
    }

    private static List<Path> find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(name)).toList();
        }
    }
}
