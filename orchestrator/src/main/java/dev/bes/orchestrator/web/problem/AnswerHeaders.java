package dev.bes.orchestrator.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** The headers by which browsers protect users of this service. Every answer has them, whoever writes it. */
public final class AnswerHeaders {
    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", policy(""),
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            // the origin of a form is told to this service, nothing to others
            "Referrer-Policy", "same-origin",
            "Permissions-Policy",
                    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            // files whose address carries a hash of their content set their own
            "Cache-Control", "no-store");

    private AnswerHeaders() {}

    /** Adds the headers to an answer that has none of them yet. */
    public static void add(HttpServletResponse response) {
        ALL.forEach(response::setHeader);
    }

    /**
     * The content security policy: nothing but files of this service, no script or style inside a page.
     *
     * @param formTarget an origin to which a form may lead by a redirect; empty for none
     */
    public static String policy(String formTarget) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
                + (formTarget.isEmpty() ? "" : " " + formTarget);
    }
}
