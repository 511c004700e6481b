package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.PredictionStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The deployments of each endpoint; they differ in what they append to the predictions. The first one is the default. */
enum Deployment {
    LINES("lines", PredictionStyle.LINES),
    NUMBERED_LINES("numbered-lines", PredictionStyle.NUMBERED_LINES),
    DATA_FRAME("data-frame", PredictionStyle.DATA_FRAME),
    MLFLOW("mlflow", PredictionStyle.MLFLOW);

    private final String text;
    private final PredictionStyle style;

    Deployment(String text, PredictionStyle style) {
        this.text = text;
        this.style = style;
    }

    static Deployment ofDefault() {
        return LINES;
    }

    static Optional<Deployment> named(String name) {
        return all().stream().filter(it -> it.text.equalsIgnoreCase(name)).findFirst();
    }

    static List<Deployment> all() {
        return Arrays.asList(values());
    }

    /** The name in addresses and headers. */
    String text() {
        return text;
    }

    PredictionStyle style() {
        return style;
    }
}
