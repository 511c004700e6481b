package dev.bes.orchestrator;

import dev.bes.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole product for an IDE: run {@code main}, and it prints the address of the page. PostgreSQL, the blob store and the
 * remote side are started with it and end with it. It runs the definitions of {@code job-definitions}; its folders are made
 * anew at each start, below {@code orchestrator/target}. Arguments are settings, such as {@code --server.port=9090}.
 */
final class TestApplication {
    private static final int USUAL_PORT = 8080;

    private TestApplication() {}

    /** Starts everything; it ends with the process. */
    public static void main(String[] args) throws IOException {
        Path root = root();
        Path folder = root.resolve("orchestrator/target/test-application");
        FileSystemUtils.deleteRecursively(folder);
        System.setProperty("sandbox.azurite", root.resolve("sandbox/azurite").toString());
        Sandbox sandbox = TestEnvironment.sandbox();
        // long enough to be seen on the page
        sandbox.serviceTime(Duration.ofSeconds(1), Duration.ofSeconds(4));
        String database = TestEnvironment.newDatabase();
        ConfigurableApplicationContext context =
                SpringApplication.run(OrchestratorApplication.class, arguments(root, folder, database, args));
        System.out.printf(
                "Page:     http://127.0.0.1:%s/%nDatabase: %s%nFolders:  %s%nCtrl-C ends everything.%n",
                context.getEnvironment().getProperty("local.server.port"), database, folder);
    }

    /** The project's folder, wherever in it the IDE starts programs. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("job-definitions"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("Start it in the project's folder, or in one of its modules");
        }
        return folder;
    }

    /** What is given wins. */
    private static String[] arguments(Path root, Path folder, String database, String[] given) {
        Map<String, Object> settings = new LinkedHashMap<>(OrchestratorNode.defaults(folder, database));
        settings.put("server.port", port());
        settings.put("orchestrator.definitions", root.resolve("job-definitions"));
        // as in production, not as in tests
        settings.put("logging.config", "classpath:logback-spring.xml");
        for (String argument : given) {
            String[] setting = argument.split("=", 2);
            settings.put(setting[0].replaceFirst("^--", ""), setting.length == 1 ? "" : setting[1]);
        }
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    /** The usual port, or any if it is taken. */
    private static int port() {
        try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return usual.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
