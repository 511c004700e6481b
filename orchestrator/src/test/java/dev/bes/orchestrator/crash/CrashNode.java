package dev.bes.orchestrator.crash;

import dev.bes.orchestrator.OrchestratorApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole service in a process of its own, with failpoints around its parts. */
final class CrashNode {

    private CrashNode() {}

    /**
     * Starts it, and writes its port to a file when it is ready.
     *
     * @param args the folder of the failpoints, and the file for the port
     */
    public static void main(String[] args) throws IOException {
        Thread.ofPlatform().daemon().start(CrashNode::endWithTests);
        Failpoints points = new Failpoints(Path.of(args[0]));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(OrchestratorApplication.class)
                .initializers(starting -> FailpointInstaller.into((GenericApplicationContext) starting, points))
                .run();
        say(Path.of(args[1]), String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Tests that are killed themselves must leave no nodes behind: the pipe from them ends. */
    private static void endWithTests() {
        try (InputStream tests = System.in) {
            tests.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // that is the end, too
        }
        Runtime.getRuntime().halt(Failpoints.KILLED);
    }

    /** The whole of it at once, or nothing. */
    private static void say(Path file, String text) throws IOException {
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
