package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.managedapi.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code forward-request}. The services are in this process, answer at once as a whole and never redirect, so the
 * attributes about connections, buffers and redirects make no difference here. Source: policy reference, forward-request.
 */
final class ForwardReader {

    /** The sandbox's own bound: API Management names none, and waits no longer than 240 seconds for certain. */
    private static final long LONGEST_SECONDS = 86_400;

    private static final List<String> WITHOUT_EFFECT =
            List.of("follow-redirects", "buffer-request-body", "buffer-response");
    private static final String FAIL = "fail-on-error-status-code";

    private ForwardReader() {}

    static Optional<Policy> read(XmlElement at) {
        at.allow(
                "http-version",
                "timeout",
                "timeout-ms",
                "continue-timeout",
                "follow-redirects",
                "buffer-request-body",
                "buffer-response",
                FAIL);
        PolicyElements.isEmpty(at);
        WITHOUT_EFFECT.forEach(attribute -> truth(at, attribute));
        at.number("continue-timeout", 0, LONGEST_SECONDS);
        version(at);
        if (at.attribute("timeout").isPresent() && at.attribute("timeout-ms").isPresent()) {
            at.report("timeout-ms", "both timeout and timeout-ms", "keep one of them");
        }
        Optional<Duration> seconds = at.number("timeout", 0, LONGEST_SECONDS).map(Duration::ofSeconds);
        Optional<Duration> millis =
                at.number("timeout-ms", 0, LONGEST_SECONDS * 1000).map(Duration::ofMillis);
        return Optional.of(new Policy.ForwardRequest(seconds.or(() -> millis).orElse(null), truth(at, FAIL)));
    }

    /** Whether an attribute is {@code true}. */
    private static boolean truth(XmlElement at, String attribute) {
        String value =
                at.attribute(attribute).filter(it -> !Expressions.isOne(it)).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            at.report(attribute, attribute + "=\"" + value + "\" is neither true nor false", "write true or false");
        }
        return value.equals("true");
    }

    private static void version(XmlElement at) {
        String version = at.attribute("http-version")
                .filter(it -> !Expressions.isOne(it))
                .orElse("1");
        if (version.equals("2")) {
            at.report("http-version", "the sandbox's services speak HTTP/1.1 only", "write 1 or 2or1");
        } else if (!version.equals("1") && !version.equals("2or1")) {
            at.report("http-version", "unknown http-version '" + version + "'", "write 1 or 2or1");
        }
    }
}
