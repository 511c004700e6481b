package dev.bes.orchestrator.web.security.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookies of browsers. Over TLS their names begin with {@code __Host-}: no other host, and no page without TLS, can set them. Over plain HTTP,
 * on one machine, browsers refuse such names. Source: RFC 6265bis, 4.1.3.2.
 */
final class Cookies {
    private static final String SAFE_PREFIX = "__Host-";
    private static final String SESSION = "bes-session";
    private static final String CSRF = "bes-csrf";
    private static final String SAME_SITE = "Lax";

    private Cookies() {}

    /** The cookie of the session. */
    static CookieSerializer session() {
        return new SessionCookie(session(SAFE_PREFIX + SESSION, true), session(SESSION, false));
    }

    /** The cookie that the hidden field of each form must match. */
    static CsrfTokenRepository csrf() {
        return new CsrfCookie(csrf(SAFE_PREFIX + CSRF, true), csrf(CSRF, false));
    }

    private static CookieSerializer session(String name, boolean secure) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setUseSecureCookie(secure);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite(SAME_SITE);
        if (secure) {
            cookie.setCookiePath("/");
        }
        return cookie;
    }

    private static CsrfTokenRepository csrf(String name, boolean secure) {
        CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();
        cookie.setCookieName(name);
        cookie.setCookieCustomizer(it -> it.secure(secure).httpOnly(true).sameSite(SAME_SITE));
        if (secure) {
            cookie.setCookiePath("/");
        }
        return cookie;
    }

    private record SessionCookie(CookieSerializer secure, CookieSerializer plain) implements CookieSerializer {
        @Override
        public void writeCookieValue(CookieValue value) {
            of(value.getRequest()).writeCookieValue(value);
        }

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return of(request).readCookieValues(request);
        }

        private CookieSerializer of(HttpServletRequest request) {
            return request.isSecure() ? secure : plain;
        }
    }

    private record CsrfCookie(CsrfTokenRepository secure, CsrfTokenRepository plain) implements CsrfTokenRepository {
        @Override
        public CsrfToken generateToken(HttpServletRequest request) {
            return of(request).generateToken(request);
        }

        @Override
        public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
            of(request).saveToken(token, request, response);
        }

        @Override
        public @Nullable CsrfToken loadToken(HttpServletRequest request) {
            return of(request).loadToken(request);
        }

        private CsrfTokenRepository of(HttpServletRequest request) {
            return request.isSecure() ? secure : plain;
        }
    }
}
