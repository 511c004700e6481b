package dev.bes.orchestrator.web.problem;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Addresses of this service, as the caller of the current request reaches them. */
public final class Address {
    private Address() {}

    /**
     * The path with the prefix under which the caller reaches this service: that of the proxy in front, and
     * {@code server.servlet.context-path}. Without a request on this thread, the path alone.
     *
     * @param path with a leading slash, percent-encoded
     */
    public static String of(String path) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? current.getRequest().getContextPath() + path
                : path;
    }
}
