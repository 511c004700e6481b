package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the keytool that belongs to this Java: the JDK has no public class that makes certificates. */
final class Keytool {

    private static final String PASSWORD = "SANDBOX_STORE_PASSWORD";

    private Keytool() {}

    /** Makes a key and its certificate. The password goes by the environment, which other users cannot read. */
    static void makeKey(Path file, String alias, String password) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(arguments(keytool, file, alias)).redirectErrorStream(true);
        builder.environment().put(PASSWORD, password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (exitCode(process) != 0) {
            throw new IllegalStateException("keytool made no certificate: " + output.strip());
        }
    }

    private static List<String> arguments(Path keytool, Path file, String alias) {
        return List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "90",
                "-dname",
                "CN=localhost, O=Sandbox",
                "-ext",
                "bc:c=ca:true,pathlen:0",
                "-ext",
                "ku:c=digitalSignature,keyCertSign",
                "-ext",
                "eku=serverAuth",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                PASSWORD);
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool makes a certificate", e);
        }
    }
}
