package dev.bes.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores reports by ONNX Runtime in one call, encoded by hand: knows nothing of the sandbox and of the YAML. */
final class DirectCall {

    private static final List<String> SIZES = List.of("Small", "Medium", "Large");
    private static final List<String> PHASES =
            List.of("Approach", "Climb", "Descent", "Landing Roll", "Parked", "Take-off run", "Taxi");
    private static final List<String> TIMES = List.of("Dawn", "Day", "Dusk", "Night");
    private static final float MEAN_SPEED = 154;
    private static final int WIDTH = 15;

    private DirectCall() {}

    static List<Float> probabilities(Path model, List<Map<String, String>> reports) throws OrtException {
        float[][] rows = reports.stream().map(DirectCall::encode).toArray(float[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        try (OrtSession session = environment.createSession(model.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            List<Float> probabilities = new ArrayList<>();
            for (float[] row : (float[][]) result.get(0).getValue()) {
                probabilities.add(row[0]);
            }
            return probabilities;
        }
    }

    private static float[] encode(Map<String, String> report) {
        float[] row = new float[WIDTH];
        one(row, 0, SIZES.indexOf(report.get("Wildlife Size")));
        one(row, 3, PHASES.indexOf(report.get("Phase of flight")));
        String speed = report.get("Speed IAS in knots");
        row[10] = (float) ((speed == null ? MEAN_SPEED : Double.parseDouble(speed)) * 0.01);
        one(row, 11, TIMES.indexOf(report.get("Time of day")));
        return row;
    }

    private static void one(float[] row, int first, int at) {
        if (at >= 0) {
            row[first + at] = 1;
        }
    }
}
