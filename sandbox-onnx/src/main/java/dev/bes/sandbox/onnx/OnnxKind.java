package dev.bes.sandbox.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.ModelKind;
import dev.bes.sandbox.onnx.encoding.InputTensor;
import dev.bes.sandbox.onnx.encoding.TensorReader;
import dev.bes.sandbox.onnx.runtime.OnnxFile;
import dev.bes.sandbox.onnx.runtime.TensorType;
import dev.bes.sandbox.onnx.runtime.UnsupportedPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kind {@code onnx}: a model in a file of the ONNX format. It is checked when it is read, and its golden rows must reproduce. */
public final class OnnxKind implements ModelKind {

    private static final String FILE = "[\\p{Alnum}_][\\p{Alnum} _.-]{0,99}";

    /** Creates the kind, as {@link java.util.ServiceLoader} does. */
    public OnnxKind() {}

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public Optional<Model> read(YamlNode model, List<Column> columns, Path folder) {
        model.allow("kind", "file", "golden", "tensors", "keep", "results");
        int before = mistakes(model);
        List<InputTensor> tensors = TensorReader.read(model, columns);
        List<ResultColumn> results = ResultReader.results(model);
        KeptColumns keep = ResultReader.keep(model);
        Optional<Path> file = file(model, "file", folder);
        Optional<Path> golden = file(model, "golden", folder);
        if (mistakes(model) > before || file.isEmpty() || golden.isEmpty()) {
            return Optional.empty();
        }
        Optional<OnnxModel> read = open(model, file.get()).flatMap(it -> bind(model, it, tensors, keep, results));
        if (read.isEmpty() || mistakes(model) > before) {
            return Optional.empty();
        }
        GoldenRows.check(model.find("golden").orElse(model), golden.get(), read.get());
        return Optional.of(read.get());
    }

    private static Optional<OnnxFile> open(YamlNode model, Path file) {
        YamlNode node = model.find("file").orElse(model);
        try {
            return Optional.of(OnnxFile.open(file));
        } catch (OrtException e) {
            node.report("ONNX Runtime cannot open the model: " + e.getMessage(), "export the model again");
        } catch (UnsupportedPlatform e) {
            model.find("kind")
                    .orElse(model)
                    .report(
                            String.valueOf(e.getMessage()),
                            "it needs Linux with glibc 2.28 or newer, macOS on Apple silicon, or Windows on x64");
        }
        return Optional.empty();
    }

    private static Optional<OnnxModel> bind(
            YamlNode model, OnnxFile file, List<InputTensor> tensors, KeptColumns keep, List<ResultColumn> results) {
        try {
            Map<String, NodeInfo> inputs = file.inputs();
            Map<String, TensorType> inputTypes = new HashMap<>();
            List<YamlNode> nodes = model.find("tensors").map(YamlNode::elements).orElse(List.of());
            for (int i = 0; i < tensors.size(); i++) {
                String name = tensors.get(i).name();
                TensorCheck.input(nodes.get(i), tensors.get(i), inputs).ifPresent(type -> inputTypes.put(name, type));
            }
            inputs.keySet().stream()
                    .filter(name -> tensors.stream().noneMatch(it -> it.name().equals(name)))
                    .forEach(name -> model.find("tensors")
                            .orElse(model)
                            .report(
                                    "input tensor '" + name + "' of the model gets no values",
                                    "add it with its columns"));
            Map<String, TensorType> outputTypes = new HashMap<>();
            List<YamlNode> declared = ResultReader.elements(model);
            for (int i = 0; i < results.size(); i++) {
                String name = results.get(i).tensor();
                TensorCheck.output(declared.get(i), results.get(i), file.outputs())
                        .ifPresent(type -> outputTypes.put(name, type));
            }
            return Optional.of(new OnnxModel(file, tensors, inputTypes, keep, results, outputTypes));
        } catch (OrtException e) {
            model.report("ONNX Runtime cannot describe the model: " + e.getMessage(), "export the model again");
            return Optional.empty();
        }
    }

    private static Optional<Path> file(YamlNode model, String key, Path folder) {
        Optional<YamlNode> node = model.require(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String name = node.get().text();
        if (!name.matches(FILE)) {
            node.get().report("'" + name + "' is no name of a file", "write the name of a file beside this one");
        } else if (!Files.isRegularFile(folder.resolve(name))) {
            node.get().report("there is no file '" + name + "' beside this one", "add it, or write another name");
        } else {
            return Optional.of(folder.resolve(name));
        }
        return Optional.empty();
    }

    private static int mistakes(YamlNode node) {
        return node.mistakes().sorted().size();
    }
}
