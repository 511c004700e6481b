package dev.bes.orchestrator.web.security.session;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Compares the tokens of forms with files. Spring Security would read the whole form before it knows who sends it; here it is known that the caller
 * may send one.
 */
final class MultipartCsrf implements HandlerInterceptor {
    private static final int LONGEST = 500;
    private static final XorCsrfTokenRequestAttributeHandler HANDLER = new XorCsrfTokenRequestAttributeHandler();

    /** Whether a request is checked here: it has parts, and changes something. */
    static boolean isIn(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // only requests of browsers with sessions have one
        if (request.getAttribute(DeferredCsrfToken.class.getName()) instanceof DeferredCsrfToken deferred
                && isIn(request)
                && !isSame(deferred.get(), sent(request, deferred.get()))) {
            throw new ProblemException(
                    ProblemKind.CSRF_TOKEN, "The form does not have the token of this browser. Nothing was done");
        }
        return true;
    }

    private static @Nullable String sent(HttpServletRequest request, CsrfToken token) {
        String header = request.getHeader(token.getHeaderName());
        String masked = header == null ? part(request, token.getParameterName()) : header;
        return HANDLER.resolveCsrfTokenValue(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public @Nullable String getHeader(String name) {
                        return masked;
                    }
                },
                token);
    }

    /** Reads the heads of the parts as bytes, as the reader of the form does after this. */
    private static @Nullable String part(HttpServletRequest request, String name) {
        MultipartHttpServletRequest form = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (form == null) {
            return null;
        }
        try {
            form.setCharacterEncoding(StandardCharsets.ISO_8859_1.name());
            form.getMultiFileMap();
            Part part = form.getPart(name);
            if (part == null || part.getSize() > LONGEST) {
                return null;
            }
            try (InputStream in = part.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        } catch (IOException | ServletException e) {
            throw new MultipartException("The parts of the form can't be read", e);
        }
    }

    private static boolean isSame(CsrfToken token, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        token.getToken().getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
