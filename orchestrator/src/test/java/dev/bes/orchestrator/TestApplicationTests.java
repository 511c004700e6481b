package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.bes.testbench.process.Signal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that a developer starts from an IDE, started as one. */
@Tag("slow")
class TestApplicationTests {
    private static final Pattern PAGE = Pattern.compile("(?m)^Page: +(http\\S+)$");
    private static final Pattern DATABASE = Pattern.compile("(?m)^Database: +jdbc:postgresql://localhost:(\\d+)/");

    @TempDir
    Path folder;

    private Path log;

    @Test
    void showsThePageAndEndsWithEverythingThatItStarted() throws IOException, InterruptedException {
        log = folder.resolve("log");
        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestApplication.class.getName(),
                        "--server.port=0"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String page = awaitLine(program, PAGE);
            int database = Integer.parseInt(awaitLine(program, DATABASE));
            List<ProcessHandle> children = program.descendants().toList();

            assertThat(get(page)).contains("BES Orchestrator", "Runs");
            assertThat(get(page + "definitions")).contains("birdstrikes", "Run now");
            assertThat(children).isNotEmpty();

            // Ctrl-C takes the same way, but a test run in the background of a shell has programs that ignore SIGINT
            Signal.TERM.send(program.pid());

            assertThat(program.waitFor(90, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(children).noneMatch(ProcessHandle::isAlive);
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), database).close());
            });
        } finally {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroyForcibly();
        }
    }

    private String awaitLine(Process program, Pattern line) throws IOException {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !program.isAlive()
                        || line.matcher(Files.readString(log)).find());
        Matcher said = line.matcher(Files.readString(log));
        assertThat(said.find()).as(Files.readString(log)).isTrue();
        return said.group(1);
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }
}
