package dev.bes.orchestrator.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords. bcrypt reads at most 72 bytes, so it gets a hash of the password, in Base64. A hash takes a tenth of a second of a
 * processor: at most half of them work on hashes at a time.
 */
@Component
class Passwords {
    private static final String ALGORITHM = "bcrypt-sha256";
    private static final int STRENGTH = 11;
    // no letters or digits that look alike: people type it off a screen
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP = 5;

    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder(ALGORITHM, Map.of(ALGORITHM, new BCryptPasswordEncoder(STRENGTH)));
    private final SecureRandom random = new SecureRandom();
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final String nobodys = hash(oneTime());

    /** The hash of a password, with the name of its algorithm. */
    String hash(String password) {
        return limited(() -> String.valueOf(encoder.encode(digest(password))));
    }

    /**
     * Whether the password is the one of the hash. Takes as long for a user who does not exist.
     *
     * @param hash null if there is none
     */
    boolean matches(String password, @Nullable String hash) {
        boolean same = limited(() -> encoder.matches(digest(password), hash == null ? nobodys : hash));
        return same && hash != null;
    }

    /** A new one-time password: five groups of five characters, 123 random bits. */
    String oneTime() {
        return random.ints((long) GROUPS * GROUP, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining())
                .replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** The same characters may reach us in different forms from different keyboards. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static String digest(String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            // a hash of the bare password may be known from elsewhere
            sha.update("bes-orchestrator password ".getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(sha.digest(normalized(password).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private <T> T limited(Supplier<T> work) {
        processors.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            processors.release();
        }
    }

    /** So many random bytes, in hexadecimal. */
    String randomHex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
