package dev.bes.sandbox.scoring;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.BlockOutput;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowCounter;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The opened inputs and outputs of one execution. */
public final class JobData implements AutoCloseable {

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final List<RowReader> inputs = new ArrayList<>();
    private final List<Written> outputs = new ArrayList<>();

    /**
     * One output.
     *
     * @param rows what counts its rows
     */
    public record Written(String name, BlobReference place, BlockOutput blob, RowCounter rows) {}

    /**
     * Adds an input.
     *
     * @throws dev.bes.sandbox.dataset.InvalidDataset when the data breaks the rules of its format or input
     */
    public void read(Input input, BlobReference place, InputStream in) {
        open.push(in);
        RowReader reader = format(place).reader(in);
        open.push(reader::close);
        inputs.add(input.typed(reader));
    }

    /** Adds an output; its extension says its format. */
    public void write(String name, BlobReference place, BlockOutput blob) {
        RowCounter rows = new RowCounter(format(place).writer(blob, name));
        open.push(rows::close);
        outputs.add(new Written(name, place, blob, rows));
    }

    /** The inputs, in the order in which they were added. */
    public List<RowReader> inputs() {
        return inputs;
    }

    /** What writes the rows of the outputs. */
    public List<RowWriter> writers() {
        return outputs.stream().map(Written::rows).map(RowWriter.class::cast).toList();
    }

    /** The outputs, in the order in which they were added. */
    public List<Written> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        Optional<RuntimeException> failure = Optional.empty();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(new UncheckedIOException(e)));
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** Whoever starts a job refuses other extensions. */
    private static DataFormat format(BlobReference place) {
        return DataFormat.of(place.extension()).orElseThrow();
    }
}
