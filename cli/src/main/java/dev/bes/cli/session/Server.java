package dev.bes.cli.session;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service to call.
 *
 * @param url its address, with the path prefix of a reverse proxy if there is one; without a slash at its end
 * @param key the API key to sign in with; null for none
 * @param insecure whether the key may go over a connection that is not encrypted
 */
public record Server(URI url, @Nullable String key, boolean insecure) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * A server by its address.
     *
     * @throws CommandFailedException if the address can't be one of a service, or the key would travel unencrypted
     */
    public static Server of(String address, @Nullable String key, boolean insecure) {
        URI url = url(address);
        if (key != null && !key.matches("[\\x21-\\x7e]+")) {
            throw CommandFailedException.usage("The API key has characters that no key has: copy it again");
        }
        Server server = new Server(url, key, insecure);
        if (key != null) {
            server.requireEncryption("key");
        }
        return server;
    }

    /**
     * Checks that a secret may be sent to this server: it is on this machine, encrypts, or need not.
     *
     * @param secret what would be sent, for the message
     * @throws CommandFailedException if the secret would travel unencrypted
     */
    public void requireEncryption(String secret) {
        if (!insecure
                && url.getScheme().equalsIgnoreCase("http")
                && !LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT))) {
            throw CommandFailedException.usage(
                    ("The %s would travel unencrypted to %s: use https, or allow it with --insecure when you add the"
                                    + " context, or with BES_INSECURE=true")
                            .formatted(secret, url));
        }
    }

    private static URI url(String address) {
        URI url;
        try {
            url = URI.create(address.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw notAnAddress(address);
        }
        String scheme = url.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        boolean plain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
        if (!web || url.getHost() == null || !plain) {
            throw notAnAddress(address);
        }
        return url;
    }

    private static CommandFailedException notAnAddress(String address) {
        return CommandFailedException.usage(
                "'%s' is no address of a service: write it as https://bes.example.com or http://127.0.0.1:8080"
                        .formatted(address));
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
