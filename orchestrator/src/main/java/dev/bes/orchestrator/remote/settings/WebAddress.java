package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;

/** Checks addresses. The messages do not repeat a value, which may hold a secret. */
final class WebAddress {

    private WebAddress() {}

    /** Without blanks around it and slashes at its end. */
    static String trimmed(String url) {
        return url.strip().replaceAll("/+$", "");
    }

    /** The address of a web service behind the managed API. */
    static void checkService(String property, String url) {
        if (url.isEmpty()) {
            throw new InvalidSetting(property, "is missing: set it to the base URL of the web service");
        }
        if (!isPlain(url, uri -> isOf("https", uri) || isOf("http", uri))) {
            throw new InvalidSetting(property, "must be an http(s) URL with a host and without user, query or fragment");
        }
    }

    /** An address that tokens are sent to: by https, except on this machine. */
    static void checkProtected(String property, String url) {
        if (!isPlain(url, uri -> isOf("https", uri) || (isOf("http", uri) && "127.0.0.1".equals(uri.getHost())))) {
            throw new InvalidSetting(
                    property,
                    "must be an https URL with a host and without user, query or fragment; http only to 127.0.0.1");
        }
    }

    private static boolean isPlain(String url, Predicate<URI> allowed) {
        try {
            URI uri = new URI(url);
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return uri.getHost() != null && plain && allowed.test(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isOf(String scheme, URI uri) {
        return scheme.equalsIgnoreCase(uri.getScheme());
    }
}
