package dev.bes.sandbox.management;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Identifiers of subscriptions and users in addresses, and random keys. */
public final class Identifiers {

    /** Narrower than API Management, which takes nearly any character, so that they need no escapes. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private static final SecureRandom random = new SecureRandom();

    private Identifiers() {}

    /** Whether a text is an identifier: 1 to 80 letters, digits, dots, dashes and underscores. */
    public static boolean isValid(@Nullable String text) {
        return text != null && VALID.matcher(text).matches();
    }

    /** 24 random hexadecimal digits, as API Management's portal gives to new subscriptions. */
    public static String random() {
        return hex(12);
    }

    /** 32 random hexadecimal digits: the form of the keys that API Management generates. */
    public static String randomKey() {
        return hex(16);
    }

    private static String hex(int bytes) {
        byte[] digits = new byte[bytes];
        random.nextBytes(digits);
        return HexFormat.of().formatHex(digits);
    }
}
