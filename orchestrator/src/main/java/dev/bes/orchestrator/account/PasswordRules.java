package dev.bes.orchestrator.account;

import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for passwords: length, and what everybody would guess first. No rule asks for sorts of characters. Source: OWASP
 * ASVS 5.0, 6.2.
 */
final class PasswordRules {
    static final int SHORTEST = 12;
    static final int LONGEST = 128;
    private static final int FEW = 4;
    private static final Pattern DECORATION = Pattern.compile("[^\\p{L}]");

    /** The commonest words in leaked passwords that are long enough, or become so by digits and signs around them. */
    private static final Set<String> COMMON_WORDS = Set.of(
            "abcdefghijkl",
            "abcabcabc",
            "adminadmin",
            "administrator",
            "admin",
            "asdfghjkl",
            "baseball",
            "changeit",
            "changeme",
            "computer",
            "correcthorsebatterystaple",
            "dragon",
            "football",
            "iloveyou",
            "letmein",
            "login",
            "master",
            "monkey",
            "mypassword",
            "orchestrator",
            "passphrase",
            "password",
            "passwordpassword",
            "passwort",
            "pass",
            "princess",
            "qazwsxedc",
            "qwerty",
            "qwertyqwerty",
            "qwertyuiop",
            "qwertyuiopasdfgh",
            "secret",
            "secretsecret",
            "starwars",
            "sunshine",
            "superman",
            "superuser",
            "trustnoone",
            "unknown",
            "welcome",
            "whatever",
            "bes",
            "besorchestrator");

    private static final List<String> ROWS = List.of(
            "01234567890123456789",
            "98765432109876543210",
            "abcdefghijklmnopqrstuvwxyz",
            "qwertyuiopasdfghjklzxcvbnm",
            "1q2w3e4r5t6y7u8i9o0p",
            "1qaz2wsx3edc4rfv5tgb");

    private PasswordRules() {}

    /**
     * Checks a new password.
     *
     * @throws AccountRefusedException if it breaks a rule
     */
    static void check(String user, String password) {
        String text = Passwords.normalized(password);
        int length = text.codePointCount(0, text.length());
        String lower = text.toLowerCase(Locale.ROOT);
        if (length < SHORTEST || length > LONGEST) {
            throw refused("It needs %d to %d characters".formatted(SHORTEST, LONGEST));
        }
        if (lower.replaceAll("[\\p{N}\\p{P}\\p{S}\\p{Z}]+$", "").equals(user.toLowerCase(Locale.ROOT))
                || lower.equals(user.toLowerCase(Locale.ROOT))) {
            throw refused("It must not be the name of the user");
        }
        if (lower.codePoints().distinct().count() <= FEW
                || COMMON_WORDS.contains(DECORATION.matcher(lower).replaceAll(""))
                || ROWS.stream().anyMatch(row -> row.contains(lower))) {
            throw refused("It is among the first that anybody would guess");
        }
    }

    private static AccountRefusedException refused(String why) {
        return new AccountRefusedException(
                Reason.WEAK_PASSWORD,
                why + ". Several words in a row make a good password; it needs no digits or signs");
    }
}
