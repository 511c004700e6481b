package dev.bes.orchestrator.web.problem;

import dev.bes.orchestrator.text.VisibleText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** Explains why an address does not exist. */
final class UnknownAddress {
    private static final Pattern RUN = Pattern.compile("/(?:api/v1/)?runs/([^/]+)(?:/.*)?");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int SHOWN = 40;

    private UnknownAddress() {}

    /** Creates the problem for the address of a request. */
    static ProblemDetail problem(HttpServletRequest request) {
        String address = request.getRequestURI();
        // an error that the container reports has the address without the prefix of a proxy
        String path = address.startsWith(request.getContextPath() + "/")
                ? address.substring(request.getContextPath().length())
                : address;
        Matcher run = RUN.matcher(path);
        if (run.matches() && !ID.matcher(run.group(1)).matches()) {
            return ProblemKind.UNKNOWN_RUN.detail(
                    "There is no run '%s': the id of a run is a number, such as 17".formatted(shown(run.group(1))));
        }
        return ProblemKind.UNKNOWN_ADDRESS.detail("There is no such address");
    }

    private static String shown(String segment) {
        try {
            String text = VisibleText.of(UriUtils.decode(segment, StandardCharsets.UTF_8));
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        } catch (IllegalArgumentException e) {
            return "…";
        }
    }
}
