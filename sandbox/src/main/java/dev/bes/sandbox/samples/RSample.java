package dev.bes.sandbox.samples;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program for R with its package curl, the one that the package AzureML calls services with. */
final class RSample {

    private static final Pattern DIRECTION = Pattern.compile("[\u202a-\u202e\u2066-\u2069]");

    private RSample() {}

    static String program(SampleCall call) {
        StringBuilder text = new StringBuilder("library(curl)\n\n");
        text.append("call <- new_handle(customrequest = '")
                .append(call.method())
                .append("')\n");
        if (!call.headers().isEmpty()) {
            text.append(headers(call));
        }
        if (call.hasBody() || call.hasEmptyBody()) {
            text.append(call.hasBody() ? "body <- charToRaw(" + literal(call.body()) + ")\n" : "body <- raw(0)\n");
            text.append("handle_setopt(call, post = TRUE, postfieldsize = length(body), postfields = body)\n");
        }
        text.append("response <- curl_fetch_memory(")
                .append(literal(call.url().toString()))
                .append(", handle = call)\n");
        return text.append("""
                cat(response$status_code, "\\n", sep = "")
                cat(rawToChar(response$content), "\\n", sep = "")
                """).toString();
    }

    private static String headers(SampleCall call) {
        return call.headers().entrySet().stream()
                .map(header -> "  %s = %s".formatted(literal(header.getKey()), literal(header.getValue())))
                .collect(Collectors.joining(",\n", "handle_setheaders(call,\n", ")\n"));
    }

    /** R takes no character that changes the direction of the text, except as an escape. */
    private static String literal(String text) {
        String escaped = text.replace("\\", "\\\\").replace("'", "\\'");
        return "'" + DIRECTION.matcher(escaped).replaceAll(RSample::escape) + "'";
    }

    private static String escape(MatchResult found) {
        return "\\\\u%04x".formatted((int) found.group().charAt(0));
    }
}
