package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins two inputs on key columns, as the Join Data module does. The second input is held in memory, the first is read
 * row by row. A row with a missing key has no partner.
 */
public final class JoinModel implements Model {

    /** Key columns of the first input, separated by commas. */
    public static final String LEFT_KEYS = "Join key columns for L";

    /** Key columns of the second input, separated by commas. */
    public static final String RIGHT_KEYS = "Join key columns for R";

    /** {@code Inner Join} or {@code Left Outer Join}. */
    public static final String TYPE = "Join type";

    private static final String INNER = "Inner Join";
    private static final String LEFT_OUTER = "Left Outer Join";
    private static final long MOST_CHARACTERS = 64 << 20;

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(LEFT_KEYS, null), new Setting(RIGHT_KEYS, null), new Setting(TYPE, INNER));
    }

    @Override
    public void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs) {
        RowReader left = inputs.getFirst();
        RowReader right = inputs.getLast();
        RowWriter out = outputs.getFirst();
        boolean keepAll = keepsAll(settings);
        int[] leftKeys = keys(settings.text(LEFT_KEYS), left.columns());
        int[] rightKeys = keys(settings.text(RIGHT_KEYS), right.columns());
        if (leftKeys.length != rightKeys.length) {
            throw new ModuleFailure("Error 0027: The two inputs have to be joined on the same number of key columns.");
        }
        int[] added = others(right.columns().size(), rightKeys);
        out.columns(columns(left.columns(), right.columns(), added));
        Map<List<String>, List<List<@Nullable String>>> partners = partners(right, rightKeys, added);
        List<List<@Nullable String>> none = keepAll ? List.of(Arrays.asList(new String[added.length])) : List.of();
        for (List<@Nullable String> row = left.next(); row != null; row = left.next()) {
            List<String> key = key(row, leftKeys);
            for (List<@Nullable String> partner : key == null ? none : partners.getOrDefault(key, none)) {
                List<@Nullable String> joined = new ArrayList<>(row);
                joined.addAll(partner);
                out.row(joined);
            }
        }
    }

    private static boolean keepsAll(Settings settings) {
        return switch (settings.text(TYPE)) {
            case INNER -> false;
            case LEFT_OUTER -> true;
            default ->
                throw new ModuleFailure("Error 0017: The join type \"" + settings.text(TYPE) + "\" is neither " + INNER
                        + " nor " + LEFT_OUTER + ".");
        };
    }

    private static int[] keys(String names, List<Column> columns) {
        return Arrays.stream(names.split(",", -1))
                .mapToInt(name -> Settings.indexOf(name.strip(), columns))
                .toArray();
    }

    private static int[] others(int columns, int[] keys) {
        int[] others = new int[columns - (int) Arrays.stream(keys).distinct().count()];
        int next = 0;
        for (int column = 0; column < columns; column++) {
            int at = column;
            if (Arrays.stream(keys).noneMatch(key -> key == at)) {
                others[next++] = column;
            }
        }
        return others;
    }

    private static List<Column> columns(List<Column> left, List<Column> right, int[] added) {
        List<Column> all = new ArrayList<>(left);
        for (int index : added) {
            Column column = right.get(index);
            String name = column.name();
            for (int n = 2; has(all, name); n++) {
                name = column.name() + " (" + n + ")";
            }
            all.add(new Column(name, column.type(), column.arffType()));
        }
        return all;
    }

    private static boolean has(List<Column> columns, String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    private static Map<List<String>, List<List<@Nullable String>>> partners(RowReader right, int[] keys, int[] added) {
        Map<List<String>, List<List<@Nullable String>>> partners = new HashMap<>();
        long characters = 0;
        for (List<@Nullable String> row = right.next(); row != null; row = right.next()) {
            characters += row.stream()
                    .mapToLong(value -> value == null ? 1 : value.length() + 1)
                    .sum();
            if (characters > MOST_CHARACTERS) {
                throw ModuleFailure.outOfMemory();
            }
            List<String> key = key(row, keys);
            if (key != null) {
                partners.computeIfAbsent(key, it -> new ArrayList<>()).add(pick(row, added));
            }
        }
        return partners;
    }

    private static @Nullable List<String> key(List<@Nullable String> row, int[] keys) {
        List<String> key = new ArrayList<>(keys.length);
        for (int index : keys) {
            String value = row.get(index);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        return key;
    }

    private static List<@Nullable String> pick(List<@Nullable String> row, int[] columns) {
        List<@Nullable String> picked = new ArrayList<>(columns.length);
        for (int index : columns) {
            picked.add(row.get(index));
        }
        return picked;
    }
}
