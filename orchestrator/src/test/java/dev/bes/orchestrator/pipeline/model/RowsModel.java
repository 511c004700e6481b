package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.RemoteFaults;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service without jobs: it gives each row its length, two rows at a time. The blob store is in memory, too. */
final class RowsModel extends ModelRemote implements RowService {
    private static final Limits TWO_ROWS = new Limits(2, 1000, 1);

    private final InMemoryBlobs store = new InMemoryBlobs();

    RowsModel(ModelWorld world) {
        super(world);
    }

    @Override
    public RemoteJobs jobs(String endpoint) {
        throw new IllegalStateException("It scores rows");
    }

    @Override
    public RowService rows(String endpoint) {
        return this;
    }

    @Override
    String input() {
        return "rows.csv";
    }

    @Override
    String output() {
        return "text,length\r\na,1\r\nbc,2\r\ndef,3\r\ngh,2\r\ni,1\r\n";
    }

    @Override
    Blobs blobs(Supplier<SeededRandom> dice) {
        return new Blobs() {
            @Override
            public Upload upload(String path) {
                return store.upload(path);
            }

            @Override
            public void put(String path, byte[] content) {
                beThere(dice.get());
                store.put(path, content);
            }

            @Override
            public long fetch(String path, Opening target) {
                beThere(dice.get());
                return store.fetch(path, target);
            }

            @Override
            public void delete(String path) {
                store.delete(path);
            }
        };
    }

    private void beThere(SeededRandom seededRandom) {
        if (seededRandom.trouble()) {
            throw RemoteFaults.unavailable("in the store");
        }
    }

    @Override
    public Limits limits() {
        return TWO_ROWS;
    }

    @Override
    public RowScorer prepare(Columns columns) {
        SeededRandom seededRandom = world.dice();
        if (seededRandom.trouble()) {
            fail("prepare", RemoteFaults.unavailable("busy"));
        }
        return new RowScorer() {
            @Override
            public void check(Table batch) {
                // it takes every text
            }

            @Override
            public Map<String, Table> score(Table batch) {
                return RowsModel.this.score(batch, columns);
            }
        };
    }

    private Map<String, Table> score(Table batch, Columns columns) {
        SeededRandom seededRandom = world.dice();
        String call = "score of " + batch.rows();
        if (seededRandom.trouble()) {
            switch (seededRandom.below(4)) {
                case 0 -> fail(call, RemoteFaults.throttled(seededRandom));
                case 1 -> fail(call, RemoteFaults.unavailable("before it arrived"));
                default -> fail(call, RemoteFaults.unavailable("on the way back"));
            }
        }
        world.trace().note("    " + call);
        Map<String, Table> outputs = new LinkedHashMap<>();
        columns.outputs().keySet().forEach(output -> outputs.put(output, withLengths(batch)));
        return outputs;
    }

    private static Table withLengths(Table batch) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : batch.rows()) {
            String text = String.valueOf(row.getFirst());
            rows.add(List.of(text, Integer.toString(text.length())));
        }
        return new Table(List.of("text", "length"), rows);
    }
}
