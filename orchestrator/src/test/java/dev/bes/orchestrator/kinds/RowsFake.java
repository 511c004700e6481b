package dev.bes.orchestrator.kinds;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A kind without jobs: it scores batches of rows, and writes each of them down. A row gets its length as a further column. */
public class RowsFake implements RemoteKind, RowService {
    /** The first cells of all batches that were scored, in order. */
    public final List<String> scored = Collections.synchronizedList(new ArrayList<>());

    private final Limits limits;

    /** With these batches. */
    public RowsFake(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "rows-fake";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        return new RemoteEndpoint() {
            @Override
            public @Nullable RemoteJobs jobs() {
                return null;
            }

            @Override
            public RowService rows() {
                return RowsFake.this;
            }
        };
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** What a test does before a batch is scored; its exception is the answer. */
    protected void before(Table batch) {}

    @Override
    public RowScorer prepare(Columns columns) {
        if (columns.header().contains("unknown")) {
            throw new RemoteException.Rejected("", "the model takes no column 'unknown'");
        }
        return new RowScorer() {
            @Override
            public void check(Table batch) throws InvalidCellException {
                for (int row = 0; row < batch.rows().size(); row++) {
                    if ("bad".equals(batch.rows().get(row).getFirst())) {
                        throw new InvalidCellException(row, "column 'text': 'bad' is no good");
                    }
                }
            }

            @Override
            public Map<String, Table> score(Table batch) {
                before(batch);
                scored.add(String.valueOf(batch.rows().getFirst().getFirst()));
                Map<String, Table> outputs = new LinkedHashMap<>();
                columns.outputs().keySet().forEach(output -> outputs.put(output, withLengths(batch)));
                return outputs;
            }
        };
    }

    private static Table withLengths(Table batch) {
        List<String> columns = new ArrayList<>(batch.columns());
        columns.add("length");
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : batch.rows()) {
            List<@Nullable String> cells = new ArrayList<>(row);
            cells.add(Integer.toString(Objects.requireNonNull(row.getFirst()).length()));
            rows.add(cells);
        }
        return new Table(columns, rows);
    }
}
