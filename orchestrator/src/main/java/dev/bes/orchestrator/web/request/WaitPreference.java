package dev.bes.orchestrator.web.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller prefers to wait for the end of what he asks for: {@code Prefer: wait=30}. Source: RFC 7240, section 4.3. */
public final class WaitPreference {
    /** The header of an answer that says which preference was honoured. */
    public static final String APPLIED = "Preference-Applied";

    private static final int LONGEST = 60;
    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?=$|[,;\\s])");

    private WaitPreference() {}

    /** The seconds, at most 60; 0 for none. A preference that is not understood is ignored, as its standard says. */
    public static int of(HttpServletRequest request) {
        for (String line : Collections.list(request.getHeaders("Prefer"))) {
            Matcher wait = WAIT.matcher(line);
            if (wait.find()) {
                return Math.min(LONGEST, Integer.parseInt(wait.group(1)));
            }
        }
        return 0;
    }
}
