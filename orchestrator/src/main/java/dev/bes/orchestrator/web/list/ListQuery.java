package dev.bes.orchestrator.web.list;

import dev.bes.orchestrator.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller asks of a list: {@code limit}, {@code sort} and {@code cursor}, in the same words for every list. A cursor
 * holds the order, the key and the id of the last item that was shown. So a page neither repeats nor misses an item when
 * others are added meanwhile.
 */
public final class ListQuery {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST_CURSOR = 2_000;
    // the year 9999; PostgreSQL's times end later
    private static final long MOST_SECONDS = 253_402_300_800L;

    private final HttpServletRequest request;
    private final int limit;
    private final String key;
    private final boolean descending;
    private final @Nullable Cursor after;

    private ListQuery(HttpServletRequest request, int limit, String key, boolean descending, @Nullable Cursor after) {
        this.request = request;
        this.limit = limit;
        this.key = key;
        this.descending = descending;
        this.after = after;
    }

    /**
     * The last item of the page before.
     *
     * @param key the text of the key that the list is sorted by
     * @param id what tells items with the same key apart
     */
    public record Cursor(String key, String id) {

        /**
         * Its id, if that is a number.
         *
         * @throws ProblemException if it is none
         */
        public long number() {
            try {
                return Long.parseLong(id);
            } catch (NumberFormatException _) {
                throw badCursor();
            }
        }

        /**
         * Its key, if that is a time.
         *
         * @throws ProblemException if it is none
         */
        public Instant time() {
            try {
                Instant time = Instant.parse(key);
                if (time.getEpochSecond() >= 0 && time.getEpochSecond() < MOST_SECONDS) {
                    return time;
                }
            } catch (DateTimeParseException _) {
                // told below
            }
            throw badCursor();
        }
    }

    /**
     * A page of a list.
     *
     * @param items the items
     * @param next the address of the next page; null if there is none
     */
    public record Page<T>(List<T> items, @Nullable String next) {}

    /**
     * Reads the query of a request.
     *
     * @throws ProblemException if a parameter is invalid
     */
    static ListQuery of(HttpServletRequest request, Listed list) {
        String usual = list.sort()[0];
        String sort = text(request, "sort", usual);
        String key = plain(sort);
        List<String> keys = Arrays.stream(list.sort()).map(ListQuery::plain).toList();
        if (!keys.contains(key)) {
            throw ProblemException.badRequest("'sort' is a key of this list, with a minus before it from high to low;"
                    + " the keys are: " + String.join(", ", keys));
        }
        String cursor = request.getParameter("cursor");
        return new ListQuery(
                request,
                limit(request, list),
                key,
                sort.startsWith("-"),
                cursor == null || cursor.isEmpty() ? null : cursor(cursor, sort));
    }

    private static int limit(HttpServletRequest request, Listed list) {
        String text = text(request, "limit", Integer.toString(list.usual()));
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) < 1 || Integer.parseInt(text) > list.most()) {
            throw ProblemException.badRequest("'limit' must be a number from 1 to " + list.most());
        }
        return Integer.parseInt(text);
    }

    private static Cursor cursor(String text, String sort) {
        try {
            String[] parts = text.length() > LONGEST_CURSOR
                    ? new String[0]
                    : JSON.readValue(
                            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8), String[].class);
            if (parts != null
                    && parts.length == 3
                    && Stream.of(parts).allMatch(part -> part != null && part.indexOf('\0') < 0)) {
                if (!parts[0].equals(sort)) {
                    throw ProblemException.badRequest("The cursor belongs to 'sort=%s'; send it with the same 'sort'"
                            .formatted(plain(parts[0]).matches("[a-z]{1,20}") ? parts[0] : "…"));
                }
                return new Cursor(parts[1], parts[2]);
            }
        } catch (IllegalArgumentException | JacksonException _) {
            // told below
        }
        throw badCursor();
    }

    private static ProblemException badCursor() {
        return ProblemException.badRequest(
                "'cursor' is not one of this list: follow the address in 'next', or leave it out for the first page");
    }

    private static String text(HttpServletRequest request, String name, String usual) {
        String text = request.getParameter(name);
        return text == null || text.isEmpty() ? usual : text;
    }

    private static String plain(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }

    /** How many items to show. To learn whether there are more, read one more. */
    public int limit() {
        return limit;
    }

    /** The key to sort by. */
    public String key() {
        return key;
    }

    /** Whether to sort from high to low. */
    public boolean descending() {
        return descending;
    }

    /** The item after which to begin; null to begin with the first. */
    public @Nullable Cursor after() {
        return after;
    }

    /**
     * The page of items that were read in this order, at most one more than the limit.
     *
     * @param last where an item is: its key and its id
     */
    public <T> Page<T> page(List<T> read, Function<T, Cursor> last) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        List<T> shown = read.subList(0, limit);
        return new Page<>(shown, next(last.apply(shown.getLast())));
    }

    /**
     * The page of a list that is in memory as a whole.
     *
     * @param keys what the items are sorted by: texts, times, numbers or truth values, or null, which is the lowest
     * @param id what tells items with the same key apart
     */
    public <T> Page<T> of(List<T> all, Map<String, Function<T, @Nullable Object>> keys, Function<T, String> id) {
        Function<T, @Nullable Object> by = keys.get(key);
        if (by == null) {
            throw new IllegalStateException("The list has no key " + key);
        }
        Comparator<Cursor> upwards = Comparator.comparing(Cursor::key).thenComparing(Cursor::id);
        Comparator<Cursor> order = descending ? upwards.reversed() : upwards;
        List<Placed<T>> rest = all.stream()
                .map(item -> new Placed<>(item, new Cursor(sortable(by.apply(item)), id.apply(item))))
                .filter(placed -> after == null || order.compare(placed.at(), after) > 0)
                .sorted(Comparator.comparing(Placed::at, order))
                .limit(limit + 1L)
                .toList();
        Page<Placed<T>> page = page(rest, Placed::at);
        return new Page<>(page.items().stream().map(Placed::item).toList(), page.next());
    }

    /** Reads the items of a list that is sorted by their numbers alone. */
    @FunctionalInterface
    public interface NumberedItems<T> {
        /**
         * Some of the items.
         *
         * @param descending whether the highest numbers come first
         * @param after begin after this number; null to begin with the first
         * @param limit how many at most
         */
        List<T> read(boolean descending, @Nullable Long after, int limit);
    }

    /** The page of items that are read by their numbers. */
    public <T> Page<T> read(NumberedItems<T> items, ToLongFunction<T> number) {
        return page(items.read(descending, after == null ? null : after.number(), limit + 1), item -> {
            String text = Long.toString(number.applyAsLong(item));
            return new Cursor(text, text);
        });
    }

    private record Placed<T>(T item, Cursor at) {}

    /** A text that stands where its value stands. */
    private static String sortable(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Instant time -> "%020d.%09d".formatted(time.getEpochSecond(), time.getNano());
            case Number number -> "%020d".formatted(number.longValue());
            default -> value.toString();
        };
    }

    /** The same address, from an item on. */
    private String next(Cursor last) {
        String sort = (descending ? "-" : "") + key;
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsString(List.of(sort, last.key(), last.id()))
                        .getBytes(StandardCharsets.UTF_8));
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(request.getRequestURI());
        Map<String, Object> values = new HashMap<>();
        request.getParameterMap().forEach((name, sent) -> {
            // what is not understood is not repeated
            if (name.matches("[A-Za-z]{1,40}") && !name.equals("cursor") && !sent[0].isEmpty()) {
                uri.queryParam(name, "{" + name + "}");
                values.put(name, sent[0]);
            }
        });
        return uri.queryParam("cursor", cursor).encode().buildAndExpand(values).toUriString();
    }
}
