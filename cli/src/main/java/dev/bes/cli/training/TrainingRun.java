package dev.bes.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bes.cli.Bes;
import dev.bes.cli.output.Terminal;
import dev.bes.cli.session.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The run from which the JVM makes its cache of classes while the command is built: it lists and shows runs of a server that
 * answers word for word. Prints nothing.
 */
public final class TrainingRun {
    private static final String RUN = """
            {"id":1,"definition":"a","trigger":"request","occurrence":"k","state":"Finished","scoringCount":1,"endedCount":1,
            "attentionCount":0,"createdAt":"2026-01-01T00:00:00Z","endedAt":"2026-01-01T00:00:01Z","links":{}""";
    private static final String LIST = "{\"runs\":[" + RUN + "}]}";
    private static final String DETAIL = RUN + """
            ,"counts":{},"historyTruncated":false,"history":[],"changed":[],"scorings":[{"position":1,"step":"DELIVERED",
            "state":"Finished","files":{},"attempts":[],"outputs":{},"links":{}}]}""";

    private TrainingRun() {}

    /** Runs commands until the JVM has seen what they need. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/runs", exchange -> answer(exchange, LIST));
        server.createContext("/api/v1/runs/1", exchange -> answer(exchange, DETAIL));
        server.createContext("/api/v1/runs/1/shadows", exchange -> answer(exchange, "{\"shadows\":[]}"));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            for (List<String> command :
                    List.of(List.of("runs"), List.of("runs", "-o", "json"), List.of("show", "1"), List.of("--help"))) {
                int code = Bes.execute(environment(url), command.toArray(String[]::new));
                if (code != 0) {
                    throw new IllegalStateException(command + " ended with " + code);
                }
            }
        } finally {
            server.stop(0);
        }
    }

    private static Environment environment(String url) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Environment(
                Map.of("BES_SERVER", url, "BES_API_KEY", "training"),
                InputStream.nullInputStream(),
                new Terminal(nowhere, nowhere, false, false, false, true, 120),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
