package dev.bes.sandbox.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An opened model. Its session lives as long as the process, and serves any number of threads. */
public final class OnnxFile {

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxFile(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * Opens a model.
     *
     * @throws OrtException when the file is no model that ONNX Runtime knows
     * @throws UnsupportedPlatform when ONNX Runtime does not run on this machine
     */
    public static OnnxFile open(Path file) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // jobs run side by side already, and the sums of one thread are the same each time
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new OnnxFile(environment, environment.createSession(file.toString(), options));
        }
    }

    private static OrtEnvironment environment() throws OrtException {
        try {
            // what it warns of concerns processors that it does not find, such as graphics cards
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sandbox");
            environment.setTelemetry(false);
            return environment;
        } catch (LinkageError | RuntimeException e) {
            throw new UnsupportedPlatform(e);
        }
    }

    /** The inputs of the model by their names. */
    public Map<String, NodeInfo> inputs() throws OrtException {
        return session.getInputInfo();
    }

    /** The outputs of the model by their names. */
    public Map<String, NodeInfo> outputs() throws OrtException {
        return session.getOutputInfo();
    }

    /**
     * Scores a block of rows.
     *
     * @param inputs the values of each input tensor
     * @param wanted the names of the output tensors to return
     * @param rows at least 1
     * @throws OrtException when ONNX Runtime refuses the values
     */
    public Map<String, OutputBlock> run(Map<String, TensorBlock> inputs, Set<String> wanted, int rows)
            throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, TensorBlock> input : inputs.entrySet()) {
                TensorBlock block = input.getValue();
                tensors.put(input.getKey(), block.tensor(environment, new long[] {rows, block.size / rows}));
            }
            try (OrtSession.Result result = session.run(tensors, wanted)) {
                Map<String, OutputBlock> outputs = new HashMap<>();
                for (String name : wanted) {
                    outputs.put(
                            name, OutputBlock.of((OnnxTensor) result.get(name).orElseThrow(), rows));
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
