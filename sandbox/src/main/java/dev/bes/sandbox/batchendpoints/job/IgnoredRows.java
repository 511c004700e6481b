package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of all outputs but the first: a model deployment has one output. */
enum IgnoredRows implements RowWriter {
    INSTANCE;

    @Override
    public void columns(List<Column> columns) {
        // not wanted
    }

    @Override
    public void row(List<@Nullable String> values) {
        // not wanted
    }

    @Override
    public void close() {
        // nothing is open
    }
}
