package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate for localhost and 127.0.0.1 that signs itself. Its key is in memory only. */
public final class ServerCertificate {

    private static final String ALIAS = "sandbox";

    private final KeyStore keys;
    private final String password;

    private ServerCertificate(KeyStore keys, String password) {
        this.keys = keys;
        this.password = password;
    }

    /**
     * Makes a certificate that is valid for 90 days from now.
     *
     * @throws IllegalStateException when the keytool of this Java fails
     */
    public static ServerCertificate create() {
        String password = UUID.randomUUID().toString();
        try {
            Path folder = Files.createTempDirectory("sandbox-tls-");
            Path file = folder.resolve("key.p12");
            try {
                Keytool.makeKey(file, ALIAS, password);
                return new ServerCertificate(load(file, password), password);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a certificate: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the certificate without its key, as clients need it to trust the sandbox.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void writeTo(Path file) {
        try {
            Files.writeString(file, pem());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the certificate to " + file, e);
        }
    }

    private String pem() {
        try {
            byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
            String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate);
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Jetty shows to clients. */
    SslContextFactory.Server context() {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(keys);
        context.setKeyStorePassword(password);
        return context;
    }

    private static KeyStore load(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the new certificate", e);
        }
    }
}
