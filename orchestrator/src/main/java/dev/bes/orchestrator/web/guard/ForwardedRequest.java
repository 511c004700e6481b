package dev.bes.orchestrator.web.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request with only those of the headers of proxies that are believed, each with one value. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private final Map<String, String> believed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** With the headers that replace those of the request; {@code Host} may be among them. */
    ForwardedRequest(HttpServletRequest request, Map<String, String> believed) {
        super(request);
        this.believed.putAll(believed);
    }

    /** Whether a header says something about the caller of a proxy. */
    static boolean isOfProxies(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("forwarded") || lower.equals("x-real-ip") || lower.startsWith("x-forwarded-");
    }

    @Override
    public @Nullable String getHeader(String name) {
        return believed.containsKey(name) || isOfProxies(name) ? believed.get(name) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = believed.get(name);
        if (value != null) {
            return Collections.enumeration(List.of(value));
        }
        return isOfProxies(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Stream<String> others = Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isOfProxies(name) && !believed.containsKey(name));
        return Collections.enumeration(
                Stream.concat(others, believed.keySet().stream()).toList());
    }
}
