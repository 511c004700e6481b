package dev.bes.orchestrator.remote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sanitizes text from outside before it is stored or shown: removes secrets and control characters, and limits the length. */
public final class Redaction {

    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:(?<![a-z0-9])|(?<=%[0-9a-f]{2}))(?:sig|AccountKey|SharedAccessKey|SharedAccessSignature|subscription-key|password)"
                    + "[\"']?\\s*(?:=|:|%3D)\\s*[\"']?)[^&;\"'\\s<>]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[a-z0-9+/=._~-]{16,}");
    private static final Pattern ACCOUNT_KEY = Pattern.compile("AccountKey=([^;]+)");

    private final List<String> secrets;

    /** A redaction that also replaces these secrets, wherever the text holds them. */
    public Redaction(Collection<Secret> secrets) {
        List<String> values = new ArrayList<>();
        for (Secret secret : secrets) {
            values.add(secret.value());
            Matcher accountKey = ACCOUNT_KEY.matcher(secret.value());
            if (accountKey.find()) {
                values.add(accountKey.group(1));
            }
        }
        values.removeIf(String::isBlank);
        values.sort(Comparator.comparingInt(String::length).reversed());
        this.secrets = List.copyOf(values);
    }

    /** Replaces every secret with three stars. */
    public String redact(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = NAMED.matcher(clean).replaceAll("$1***");
        return BEARER.matcher(clean).replaceAll("$1***");
    }

    /** Redacts the text, replaces control and formatting characters with blanks, and cuts it to the limit in characters. */
    public String sanitize(@Nullable String text, int limit) {
        if (text == null) {
            return "";
        }
        StringBuilder printable = new StringBuilder();
        redact(text).codePoints().map(Redaction::printable).forEach(printable::appendCodePoint);
        String stripped = printable.toString().strip();
        if (stripped.length() <= limit) {
            return stripped;
        }
        int end = Character.isHighSurrogate(stripped.charAt(limit - 1)) ? limit - 1 : limit;
        return stripped.substring(0, end);
    }

    private static int printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> codePoint == '\n' ? '\n' : ' ';
            default -> codePoint;
        };
    }
}
