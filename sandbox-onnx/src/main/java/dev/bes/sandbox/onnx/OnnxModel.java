package dev.bes.sandbox.onnx;

import ai.onnxruntime.OrtException;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Setting;
import dev.bes.sandbox.model.Settings;
import dev.bes.sandbox.onnx.encoding.InputTensor;
import dev.bes.sandbox.onnx.runtime.OnnxFile;
import dev.bes.sandbox.onnx.runtime.OutputBlock;
import dev.bes.sandbox.onnx.runtime.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that ONNX Runtime scores, in blocks of rows. Its output has the kept columns of each row, then the results.
 *
 * @param inputTypes the types of the input tensors by their names
 * @param outputTypes the types of the output tensors that results come from
 */
record OnnxModel(
        OnnxFile file,
        List<InputTensor> tensors,
        Map<String, TensorType> inputTypes,
        KeptColumns keep,
        List<ResultColumn> results,
        Map<String, TensorType> outputTypes)
        implements Model {

    /** The rows of a block: enough that calls cost little, few enough that memory stays small. */
    static final int BLOCK = 4096;

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
        return List.of();
    }

    @Override
    public void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs) {
        RowReader in = inputs.getFirst();
        RowWriter out = outputs.getFirst();
        RowEncoder encoder = new RowEncoder(tensors, inputTypes, in.columns());
        int[] kept = keep.positions(in.columns(), results);
        out.columns(columns(in.columns(), kept));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row = in.next(); row != null; row = in.next()) {
            encoder.add(row);
            rows.add(KeptColumns.pick(row, kept, results.size()));
            if (rows.size() == BLOCK) {
                write(encoder, rows, out);
            }
        }
        write(encoder, rows, out);
    }

    private List<Column> columns(List<Column> columns, int[] kept) {
        List<Column> all = new ArrayList<>();
        for (int position : kept) {
            all.add(columns.get(position));
        }
        results.forEach(it -> all.add(new Column(it.name(), type(it).column())));
        return all;
    }

    private TensorType type(ResultColumn result) {
        return result.labels().isEmpty() ? Objects.requireNonNull(outputTypes.get(result.tensor())) : TensorType.STRING;
    }

    private void write(RowEncoder encoder, List<List<@Nullable String>> rows, RowWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        Set<String> wanted = results.stream().map(ResultColumn::tensor).collect(Collectors.toSet());
        try {
            Map<String, OutputBlock> blocks = file.run(encoder.blocks(), wanted, rows.size());
            for (ResultColumn result : results) {
                OutputBlock block = Objects.requireNonNull(blocks.get(result.tensor()));
                for (int row = 0; row < rows.size(); row++) {
                    rows.get(row).add(result.text(block, row));
                }
            }
            rows.forEach(out::row);
        } catch (OrtException e) {
            throw new ModuleFailure("Error 1000: ONNX Runtime library exception: " + e.getMessage());
        }
        rows.clear();
        encoder.clear();
    }
}
