package dev.bes.orchestrator.web;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A node with definitions to call it by. */
public final class WebNode implements AutoCloseable {
    /** How many scorings a run of the definition {@code crowd} has. */
    public static final int CROWD = 502;

    private final OrchestratorNode node;
    private final String database;
    private final Caller caller;
    private final OrchestratorClient client;

    private WebNode(OrchestratorNode node, String database) {
        this.node = node;
        this.database = database;
        this.caller = new Caller(node.url());
        this.client = new OrchestratorClient(node.url());
    }

    public static WebNode start(Path folder) {
        return start(folder, TestEnvironment.newDatabase(), Map.of());
    }

    public static WebNode start(Path folder, String database, Map<String, String> properties) {
        Path definitions = folder.resolve("definitions");
        try {
            Files.createDirectories(definitions);
            Files.writeString(definitions.resolve("ready.csv"), csv("good day"));
            Files.createDirectories(definitions.resolve("crowd"));
            for (int i = 0; i < CROWD; i++) {
                Files.writeString(definitions.resolve("crowd").resolve(i + ".csv"), csv("a"));
            }
            define(definitions, "greetings", "feature-hashing", "{ from: ready.csv, columns: [text] }", "text");
            define(definitions, "letters", "feature-hashing", "{ columns: [text] }", "${request.column}");
            define(definitions, "failing", "always-fails", "{ from: ready.csv }", "text");
            define(definitions, "crowd", "hangs", "{ from: \"crowd/*.csv\" }", "text");
            define(definitions, "hanging", "hangs", "{ from: ready.csv }", "text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WebNode(OrchestratorNode.start(folder, database, properties), database);
    }

    private static void define(Path folder, String name, String endpoint, String input, String column)
            throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                description: Hashes <b>words</b> of %s.
                endpoint: %s
                inputs:
                  input1: %s
                outputs:
                  output1: { rows: same }
                parameters:
                  Target column: %s
                  Hashing bitsize: "${request.bits:-3}"
                triggers: %s
                delivery:
                  folder: %s/${run.id}
                attempts: { max: 1, backoff: 1s }
                """.formatted(
                        name, name, endpoint, input, column, triggers(name), name));
    }

    private static String triggers(String name) {
        return switch (name) {
            case "greetings" -> "{ schedules: [{ name: nightly, cron: \"0 0 2 * * ?\", zone: America/New_York }] }";
            case "failing" -> "{ files: [{ folder: failing, settle: 1s }] }";
            default -> "{}";
        };
    }

    public static String csv(String... texts) {
        return "text\n" + String.join("\n", texts) + "\n";
    }

    /** For pages, and for requests that the client of the API does not make. */
    public Caller caller() {
        return caller;
    }

    /** For everything that a program asks of the API. */
    public OrchestratorClient client() {
        return client;
    }

    public OrchestratorApi api() {
        return client.api();
    }

    /** Its database, for another node over it. */
    public String database() {
        return database;
    }

    /** Where it answers. */
    public String url() {
        return node.url().toString();
    }

    /** For the port of monitoring, if it is one of its own. */
    public Caller monitoring() {
        return new Caller(node.monitoringUrl());
    }

    /** Whether the node has such a part. */
    public boolean has(Class<?> type) {
        return node.has(type);
    }

    public <T> T part(Class<T> type) {
        return node.part(type);
    }

    /** Asks for a run and returns its id. */
    public long run(String definition) {
        return client.request(NewRunJson.of(definition), null).id();
    }

    /** The run, once it is in that state. */
    public RunDetailJson await(long run, StateJson state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> api().run(run), detail -> detail.run().state() == state);
    }

    @Override
    public void close() {
        client.close();
        node.close();
    }
}
