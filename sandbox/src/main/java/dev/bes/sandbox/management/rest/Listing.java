package dev.bes.sandbox.management.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A page of a collection: {@code value}, {@code count} and, if more follow, {@code nextLink}. */
public final class Listing {

    private static final int MOST = 1000;
    private static final int DEFAULT = 100;

    private Listing() {}

    /**
     * Filters by {@code $filter}, skips {@code $skip} and takes {@code $top}, 100 by default.
     *
     * @param fields the values that a filter sees, by name
     * @throws ManagementError 400 when one of them cannot be read
     */
    static <T> Reply of(
            ManagementRequest request,
            List<T> all,
            Function<T, Map<String, String>> fields,
            Function<T, Map<String, Object>> resource) {
        ODataFilter filter =
                ODataFilter.parse(request.request().query("$filter").orElse(""));
        return page(
                request,
                all.stream()
                        .filter(each -> filter.matches(fields.apply(each)))
                        .map(resource)
                        .toList());
    }

    /**
     * Skips {@code $skip} and takes {@code $top}, 100 by default.
     *
     * @throws ManagementError 400 when one of them cannot be read
     */
    public static Reply page(ManagementRequest request, List<Map<String, Object>> matching) {
        long skip = number(request.request(), "$skip", 0, 0, Integer.MAX_VALUE);
        long top = number(request.request(), "$top", DEFAULT, 1, MOST);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", matching.stream().skip(skip).limit(top).toList());
        body.put("count", matching.size());
        if (skip + top < matching.size()) {
            body.put("nextLink", link(request.request(), skip + top));
        }
        return ArmJson.reply(200, body);
    }

    private static long number(Request request, String name, long fallback, long least, long most) {
        String text = request.query(name).orElse(String.valueOf(fallback));
        long number = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            throw ManagementError.invalid(name, "'%s' must be a number from %d to %d.".formatted(name, least, most));
        }
        return number;
    }

    private static String link(Request request, long skip) {
        Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        query.putAll(request.query());
        query.put("$skip", String.valueOf(skip));
        return request.origin()
                + request.path()
                + query.entrySet().stream()
                        .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "="
                                + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
