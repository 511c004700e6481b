package dev.bes.orchestrator.web.security;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where to go after a sign-in: an address of this service, and nowhere else. */
public final class OwnPath {
    private static final int LONGEST = 2_000;
    // no second slash and no backslash, which browsers read as one: either would name another host
    private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[\\x21-\\x7E&&[^\\\\]]*");

    private OwnPath() {}

    /** The path and query, below the context path; the first page if the text is no such thing. */
    public static String of(@Nullable String text) {
        return text != null
                        && text.length() <= LONGEST
                        && FORM.matcher(text).matches()
                        && !text.startsWith("/sign-")
                        && !text.startsWith("/api/")
                        && isOwn(text)
                ? text
                : "/";
    }

    private static boolean isOwn(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
