package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.RowService.InvalidCellException;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.inference.ColumnMapping.InputTensor;
import dev.bes.orchestrator.remote.inference.ColumnMapping.OutputColumn;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The rows of one input as tensors, there and back. Source: open-inference-protocol, "$inference_request" and "$inference_response". */
final class ModelRows implements RowScorer {
    private final InferenceClient client;
    private final ColumnMapping mapping;
    private final Map<String, String> parameters;

    ModelRows(InferenceClient client, ColumnMapping mapping, Map<String, String> parameters) {
        this.client = client;
        this.mapping = mapping;
        this.parameters = parameters;
    }

    @Override
    public void check(Table batch) throws InvalidCellException {
        for (int row = 0; row < batch.rows().size(); row++) {
            List<@Nullable String> cells = batch.rows().get(row);
            for (InputTensor tensor : mapping.inputs()) {
                for (int column : tensor.columns()) {
                    String fault = tensor.datatype().fault(cells.get(column));
                    if (fault != null) {
                        throw new InvalidCellException(
                                row,
                                "column '%s': %s".formatted(batch.columns().get(column), fault)
                                        + (fault.equals("is empty")
                                                ? ", and the model needs " + tensor.datatype()
                                                : ""));
                    }
                }
            }
        }
    }

    @Override
    public Map<String, Table> score(Table batch) {
        int rows = batch.rows().size();
        Map<String, Elements> tensors = new HashMap<>();
        for (Map.Entry<String, List<@Nullable String>> tensor :
                client.infer(request(batch)).entrySet()) {
            tensors.put(tensor.getKey(), elements(tensor.getKey(), tensor.getValue(), rows));
        }
        Map<String, Table> outputs = new LinkedHashMap<>();
        mapping.outputs().forEach((output, columns) -> outputs.put(output, table(columns, tensors, batch)));
        return outputs;
    }

    private byte[] request(Table batch) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = InferenceClient.JSON.createGenerator(body)) {
            json.writeStartObject();
            if (!parameters.isEmpty()) {
                json.writeName("parameters");
                json.writeStartObject();
                parameters.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            json.writeName("inputs");
            json.writeStartArray();
            mapping.inputs().forEach(tensor -> write(tensor, batch, json));
            json.writeEndArray();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void write(InputTensor tensor, Table batch, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", tensor.name());
        json.writeName("shape");
        json.writeStartArray();
        json.writeNumber(batch.rows().size());
        if (tensor.columns().size() > 1) {
            json.writeNumber(tensor.columns().size());
        }
        json.writeEndArray();
        json.writeStringProperty("datatype", tensor.datatype().name());
        json.writeName("data");
        json.writeStartArray();
        for (List<@Nullable String> row : batch.rows()) {
            for (int column : tensor.columns()) {
                tensor.datatype().write(row.get(column), json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The elements of a tensor, row by row. */
    private record Elements(List<@Nullable String> values, int width) {}

    private Elements elements(String name, List<@Nullable String> values, int rows) {
        if (rows == 0 || values.size() % rows != 0 || values.isEmpty()) {
            throw client.unusable("output '%s' has %d elements for %d rows".formatted(name, values.size(), rows));
        }
        return new Elements(values, values.size() / rows);
    }

    private Table table(List<OutputColumn> columns, Map<String, Elements> tensors, Table batch) {
        for (OutputColumn column : columns) {
            Elements elements = tensors.get(column.tensor());
            int width = elements == null ? 0 : elements.width();
            if (width != column.width()) {
                throw client.unusable("output '%s' has %d elements for each row; the model describes %d"
                        .formatted(column.tensor(), width, column.width()));
            }
        }
        List<List<@Nullable String>> rows = new ArrayList<>(batch.rows().size());
        for (int row = 0; row < batch.rows().size(); row++) {
            List<@Nullable String> cells = new ArrayList<>(columns.size());
            for (OutputColumn column : columns) {
                Elements elements = tensors.get(column.tensor());
                cells.add(
                        elements == null
                                ? batch.rows().get(row).get(column.column())
                                : elements.values().get(row * elements.width() + column.column()));
            }
            rows.add(cells);
        }
        return new Table(columns.stream().map(OutputColumn::name).toList(), rows);
    }
}
