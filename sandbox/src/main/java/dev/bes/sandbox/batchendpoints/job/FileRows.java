package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scored rows of one file, as its deployment returns them. */
final class FileRows implements RowWriter {

    private static final String LABEL = "Scored Labels";

    private final PredictionStyle style;
    private final String file;
    private final int lost;
    private final Consumer<List<@Nullable String>> target;
    private int label = -1;
    private int row;

    /**
     * @param file the name of the file, without its folder
     * @param lost how many of its first rows are dropped
     */
    FileRows(PredictionStyle style, String file, int lost, Consumer<List<@Nullable String>> target) {
        this.style = style;
        this.file = file;
        this.lost = lost;
        this.target = target;
    }

    @Override
    public void columns(List<Column> columns) {
        label = columns.stream().map(Column::name).toList().indexOf(LABEL);
    }

    @Override
    public void row(List<@Nullable String> values) {
        if (row >= lost) {
            target.accept(styled(values));
        }
        row++;
    }

    @Override
    public void close() {
        // the target stays open for the next file
    }

    private List<@Nullable String> styled(List<@Nullable String> values) {
        List<@Nullable String> styled = new ArrayList<>(values.size() + 2);
        if (style == PredictionStyle.MLFLOW) {
            styled.add(String.valueOf(row));
            styled.add(values.get(label < 0 ? values.size() - 1 : label));
            styled.add(file);
            return styled;
        }
        if (style.isNumbered()) {
            styled.add(file);
            styled.add(String.valueOf(row));
        }
        styled.addAll(values);
        return styled;
    }
}
