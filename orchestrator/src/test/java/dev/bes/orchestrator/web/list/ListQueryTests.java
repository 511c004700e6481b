package dev.bes.orchestrator.web.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

/** A list goes on where its last page ended, whatever is added meanwhile. */
class ListQueryTests {
    private static final Instant T = Instant.parse("2026-11-28T10:00:00Z");
    private static final Map<String, Function<Item, @Nullable Object>> KEYS =
            Map.of("name", Item::name, "made", Item::made, "size", Item::size);

    private record Item(String name, @Nullable Instant made, int size) {}

    private static final List<Item> ITEMS = List.of(
            new Item("a", T.plusMillis(500), 10),
            new Item("b", T, 9),
            new Item("c", null, 100),
            new Item("d", T.plusSeconds(1), 9),
            new Item("e", T, -1));

    @Listed(
            of = Item.class,
            items = "items",
            sort = {"name", "made", "size"},
            usual = 100,
            most = 100)
    @SuppressWarnings("unused")
    private static void items() {}

    private static ListQuery query(String address) {
        MockHttpServletRequest request =
                new MockHttpServletRequest("GET", URI.create(address).getPath());
        UriComponentsBuilder.fromUriString(address)
                .build()
                .getQueryParams()
                .forEach((name, values) -> request.addParameter(
                        name,
                        URLDecoder.decode(Objects.requireNonNullElse(values.getFirst(), ""), StandardCharsets.UTF_8)));
        try {
            Method method = ListQueryTests.class.getDeclaredMethod("items");
            return ListQuery.of(request, Objects.requireNonNull(method.getAnnotation(Listed.class)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> all(String address, List<Item> items) {
        List<String> names = new ArrayList<>();
        String next = address;
        while (next != null) {
            ListQuery.Page<Item> page = query(next).of(items, KEYS, Item::name);
            page.items().forEach(item -> names.add(item.name()));
            next = page.next();
        }
        return names;
    }

    @Test
    void sortsByEachKeyAndShowsEachItemOnce() {
        assertThat(all("/items", ITEMS)).containsExactly("a", "b", "c", "d", "e");
        assertThat(all("/items?sort=-name&limit=2", ITEMS)).containsExactly("e", "d", "c", "b", "a");
        assertThat(all("/items?sort=made&limit=1", ITEMS)).containsExactly("c", "b", "e", "a", "d");
        assertThat(all("/items?sort=-made&limit=2", ITEMS)).containsExactly("d", "a", "e", "b", "c");
        assertThat(all("/items?sort=-size&limit=1", ITEMS)).startsWith("c", "a", "d", "b");
    }

    @Test
    void goesOnAfterTheLastItemWhenOthersAreAddedAndItIsRemoved() {
        ListQuery.Page<Item> first = query("/items?limit=2").of(ITEMS, KEYS, Item::name);
        List<Item> later = new ArrayList<>(ITEMS);
        later.removeIf(item -> item.name().equals("b"));
        later.add(new Item("aa", T, 1));
        later.add(new Item("bb", T, 1));

        assertThat(first.items()).extracting(Item::name).containsExactly("a", "b");
        assertThat(query(Objects.requireNonNull(first.next()))
                        .of(later, KEYS, Item::name)
                        .items())
                .extracting(Item::name)
                .containsExactly("bb", "c");
    }

    @Test
    void keepsTheFiltersInTheNextAddress() {
        String next = query("/items?limit=2&filter=a%26b%20%C3%BC&fields=name&cursor=")
                .of(ITEMS, KEYS, Item::name)
                .next();

        assertThat(next).startsWith("/items?").contains("filter=a%26b%20%C3%BC", "limit=2", "fields=name", "&cursor=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=x",
                "limit=99999999999",
                "sort=weight",
                "sort=--name",
                "sort=name,made",
                "cursor=x",
                "cursor=%00",
                "cursor=bnVsbA",
                "cursor=W10",
                "cursor=WyJuYW1lIiwxLFtdXQ",
                "cursor=WyJuYW1lIiwiYSIsbnVsbF0",
                "cursor=WyItbmFtZSIsImEiLCJhIl0"
            })
    void refusesWhatIsNoQuery(String query) {
        assertThatThrownBy(() -> query("/items?" + query))
                .isInstanceOf(ProblemException.class)
                .hasMessageMatching(".*(the keys are: name, made, size|'limit' must be|'cursor' is not|same 'sort').*");
    }
}
