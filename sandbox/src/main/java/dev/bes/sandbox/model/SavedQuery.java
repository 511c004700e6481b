package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A saved query: has no input and yields rows of its own, all of them or those with one value in one column. */
public record SavedQuery(Dataset dataset) implements Model {

    /** The column to filter by; empty for no filter. */
    public static final String COLUMN = "Filter column";

    /** The value that the column of a row must have; empty for any. */
    public static final String VALUE = "Filter value";

    @Override
    public int inputs() {
        return 0;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(COLUMN, ""), new Setting(VALUE, ""));
    }

    @Override
    public void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs) {
        RowWriter out = outputs.getFirst();
        String value = settings.text(VALUE);
        boolean all = value.isEmpty() || settings.text(COLUMN).isEmpty();
        int column = all ? 0 : settings.column(COLUMN, dataset.columns());
        out.columns(dataset.columns());
        for (List<@Nullable String> row : dataset.rows()) {
            if (all || value.equals(row.get(column))) {
                out.row(row);
            }
        }
    }
}
