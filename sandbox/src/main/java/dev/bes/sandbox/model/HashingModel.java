package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of the guide's service: keeps all columns and appends the hash features of one. */
public final class HashingModel implements Model {

    /** The name of the column to hash, case-sensitive. */
    public static final String TARGET = "Target column";

    /** Number of bits; there are 2^bits features. */
    public static final String BITS = "Hashing bitsize";

    /** The longest n-gram. */
    public static final String N_GRAMS = "N-grams";

    private static final int MOST_BITS = 16;

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(TARGET, null), new Setting(BITS, "10"), new Setting(N_GRAMS, "2"));
    }

    @Override
    public void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs) {
        FeatureHashing hashing = hashing(settings);
        RowReader in = inputs.getFirst();
        RowWriter out = outputs.getFirst();
        int target = settings.column(TARGET, in.columns());
        out.columns(columns(in.columns(), settings.text(TARGET), hashing.columns()));
        for (List<@Nullable String> row = in.next(); row != null; row = in.next()) {
            out.row(score(row, target, hashing));
        }
    }

    private static FeatureHashing hashing(Settings settings) {
        int bits = settings.whole(BITS);
        if (bits > MOST_BITS) {
            throw ModuleFailure.outOfMemory();
        }
        return new FeatureHashing(bits, settings.whole(N_GRAMS), settings.numbersAsIs());
    }

    private static List<Column> columns(List<Column> columns, String target, int features) {
        String prefix = target + "_HashingFeature.";
        for (int n = 2; clashes(columns, prefix); n++) {
            prefix = target + "_HashingFeature" + n + ".";
        }
        List<Column> all = new ArrayList<>(columns);
        for (int i = 0; i < features; i++) {
            all.add(new Column(prefix + i, ColumnType.INT32));
        }
        return all;
    }

    private static boolean clashes(List<Column> columns, String prefix) {
        return columns.stream().anyMatch(column -> column.name().equals(prefix + 0));
    }

    private static List<@Nullable String> score(List<@Nullable String> row, int target, FeatureHashing hashing) {
        String text = row.get(target);
        int[] counts = hashing.count(text == null ? "" : text);
        List<@Nullable String> scored = new ArrayList<>(row.size() + counts.length);
        scored.addAll(row);
        for (int count : counts) {
            scored.add(Integer.toString(count));
        }
        return scored;
    }
}
