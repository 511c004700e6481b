package dev.bes.sandbox.portal;

import dev.bes.sandbox.http.Request;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that pages of other sites make. Without a login, the headers of the browser decide. Sources: RFC 9110, section
 * 7.2; RFC 6454, section 7; Fetch Metadata Request Headers, W3C.
 */
final class RequestGuard {

    private static final String NUMBER = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|127\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "|\\[(0*:){2,7}0*1])(:\\d{1,5})?");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private RequestGuard() {}

    /**
     * Lets only loopback names pass: a name that leads here by DNS would make a foreign page and this one the same site.
     *
     * @throws PageError 421 for any other host
     */
    static void checkHost(Request request) {
        String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(host).matches()) {
            throw new PageError(
                    421, "Misdirected request", "The portal answers only for localhost and loopback addresses.");
        }
    }

    /**
     * Lets only the portal's own pages, and programs that are no browser, request a change.
     *
     * @throws PageError 403 for a page of another origin
     */
    static void checkOrigin(Request request) {
        boolean foreignSite = request.header("Sec-Fetch-Site")
                .filter(site -> !OWN.contains(site))
                .isPresent();
        boolean foreignOrigin = request.header("Origin")
                .filter(origin -> !origin.equalsIgnoreCase(request.origin()))
                .isPresent();
        if (foreignSite || foreignOrigin) {
            throw new PageError(
                    403,
                    "Cross-site request",
                    "Only the portal's own pages may request a change. Open the page again and repeat it there.");
        }
    }
}
