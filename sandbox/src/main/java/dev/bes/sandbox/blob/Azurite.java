package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blob store: the pinned Azurite package as a child process, which ends with this process. */
public final class Azurite implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Azurite.class);

    private static final Pattern LISTENING = Pattern.compile("successfully listens on http://[^:]+:(\\d+)");

    private final Process process;
    private final int port;
    private final String key;

    private Azurite(Process process, int port, String key) {
        this.process = process;
        this.port = port;
        this.key = key;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "azurite-stop"));
    }

    /**
     * Starts Azurite and returns when it listens.
     *
     * @param folder where its {@code node_modules} are
     * @param data where it keeps its blobs
     * @param port the port, 0 for a free one
     * @throws IllegalStateException when the package is not installed or does not start
     */
    public static Azurite start(Path folder, Path data, int port) {
        return start(folder, data, port, OwnStore.DEVELOPMENT_KEY);
    }

    /**
     * The same, with another key for the account: as after a change of the key.
     *
     * @param key the key, in Base64
     */
    public static Azurite start(Path folder, Path data, int port, String key) {
        if (!Files.exists(folder.resolve("node_modules/azurite"))) {
            throw new IllegalStateException("Azurite is not installed: run `npm ci` in "
                    + folder.toAbsolutePath().normalize());
        }
        try {
            Files.createDirectories(data);
            ProcessBuilder azurite = new ProcessBuilder(command(folder, data, port)).redirectErrorStream(true);
            azurite.environment().put("AZURITE_ACCOUNTS", OwnStore.DEVELOPMENT_ACCOUNT + ":" + key);
            Process process = azurite.start();
            return new Azurite(process, portOf(process), key);
        } catch (IOException e) {
            throw new IllegalStateException("Azurite needs Node.js on the PATH: " + e.getMessage(), e);
        }
    }

    /** The connection string of its only account. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + OwnStore.DEVELOPMENT_ACCOUNT + ";AccountKey=" + key
                + ";BlobEndpoint=http://127.0.0.1:" + port + "/" + OwnStore.DEVELOPMENT_ACCOUNT + ";";
    }

    /** Ends the process with SIGTERM, at which it saves its tables, and waits for it. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path folder, Path data, int port) {
        List<String> command =
                new ArrayList<>(List.of("node", folder.resolve("start.js").toString()));
        command.addAll(List.of("--blobHost", "127.0.0.1", "--blobPort", String.valueOf(port)));
        command.addAll(List.of("--location", data.toString(), "--skipApiVersionCheck", "--disableTelemetry"));
        command.addAll(List.of("--loose", "--silent"));
        return command;
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().name("azurite-output").start(() -> drain(output));
                return Integer.parseInt(listening.group(1));
            }
            said.append(line).append(' ');
        }
        throw new IllegalStateException("Azurite did not start: " + said);
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // a full pipe would stop the process
            }
        } catch (IOException e) {
            log.debug("Azurite has ended", e);
        }
    }
}
