package dev.bes.sandbox.inference;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a model: {@code /v2/models/{model}[/versions/{version}][/ready|/infer]}.
 *
 * @param version empty for none
 * @param operation {@code ready}, {@code infer}, or empty for the metadata
 */
record ModelAddress(String model, String version, String operation) {

    private static final Pattern PATH =
            Pattern.compile("/v2/models/([^/]+)(?:/versions/([^/]+))?(?:/(ready|infer))?/?");

    static Optional<ModelAddress> of(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> parts = List.of(
                decoded(matcher.group(1)),
                matcher.group(2) == null ? "" : decoded(matcher.group(2)),
                matcher.group(3) == null ? "" : matcher.group(3));
        return Optional.of(new ModelAddress(parts.get(0), parts.get(1), parts.get(2)));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
