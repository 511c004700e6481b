package dev.bes.sandbox.batchendpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.rest.ArmJson;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A page of a list: {@code value} and, if more follow, {@code nextLink}. Source: {@code mfe.json} of azure-sdk-for-python. */
final class JobPage {

    /** No source says how many entries a page has. */
    private static final int ENTRIES = 20;

    private JobPage() {}

    /** @throws dev.bes.sandbox.management.ManagementError 400 when {@code $skip} is no number */
    static <T> Reply of(Request request, List<T> all, Function<T, ?> shown) {
        String skipped = request.query("$skip").orElse("0");
        if (!skipped.matches("\\d{1,9}")) {
            throw Fields.refused("'$skip' must be a number.");
        }
        int from = Math.min(Integer.parseInt(skipped), all.size());
        int to = Math.min(from + ENTRIES, all.size());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", all.subList(from, to).stream().map(shown).toList());
        if (to < all.size()) {
            body.put("nextLink", link(request, to));
        }
        return ArmJson.reply(200, body);
    }

    private static String link(Request request, int skip) {
        Map<String, String> query = new TreeMap<>(request.query());
        query.put("$skip", String.valueOf(skip));
        return request.origin()
                + request.path()
                + query.entrySet().stream()
                        .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "="
                                + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
