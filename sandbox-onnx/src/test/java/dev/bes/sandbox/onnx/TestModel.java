package dev.bes.sandbox.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.RowReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model whose output tensor {@code y} is its input tensor {@code x}, in a folder as people bring it. */
final class TestModel {

    static final String YAML = """
            name: mine
            workspace: a0000000000000000000000000000009
            subscription: b0000000000000000000000000000009
            id: c0000000000000000000000000000009
            keys: {primary: one, secondary: two}
            inputs:
              - name: input1
                open: true
                columns:
                  - {name: Size, type: String, example: Small}
                  - {name: Speed, type: Double, example: 140}
            outputs:
              - name: output1
            model:
              kind: onnx
              file: model.onnx
              golden: golden.csv
              tensors:
                - name: x
                  columns:
                    - {column: Size, one-hot: [Small, Large]}
                    - {column: Speed, offset: 100, scale: 0.01}
              keep: [Id]
              results:
                - {column: Label, tensor: y, labels: [small, large, fast]}
                - {column: Value, tensor: y, at: 2}
            """;
    static final String GOLDEN = "Id,Size,Speed,Label,Value\n1,Small,150,small,0.5\n2,Large,450,fast,3.5\n";

    private TestModel() {}

    /** Writes the folder {@code mine} with a tensor of floats for three values a row. */
    static Path write(Path folder, String yaml, String golden) throws IOException {
        return write(folder, yaml, golden, DataType.FLOAT, -1, 3);
    }

    /** @param shape of both tensors; -1 for any number */
    static Path write(Path folder, String yaml, String golden, DataType type, int... shape) throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("model.yaml"), yaml);
        Files.writeString(mine.resolve("golden.csv"), golden);
        GraphProto graph = GraphProto.newBuilder()
                .setName("identity")
                .addInput(value("x", type, shape))
                .addOutput(value("y", type, shape))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("x")
                        .addOutput("y"))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
        Files.write(mine.resolve("model.onnx"), model.toByteArray());
        return folder;
    }

    /** The service of the one model of a folder. */
    static WebService service(Path folder) {
        return new Catalogue(List.of()).withModels(folder).named("mine");
    }

    /** The first output of a service for the rows of a CSV text. */
    static Dataset score(WebService service, String csv) {
        Dataset.Collector scored = new Dataset.Collector();
        RowReader rows = DataFormat.CSV.reader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        RowReader typed = service.inputs().getFirst().typed(rows);
        service.model().score(service.settings(Map.of(), true), List.of(typed), List.of(scored));
        return scored.dataset();
    }

    /** The names of a dataset's columns. */
    static List<String> names(Dataset dataset) {
        return dataset.columns().stream().map(Column::name).toList();
    }

    private static ValueInfoProto value(String name, DataType type, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(size < 0 ? dimension.setDimParam("rows") : dimension.setDimValue(size));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
