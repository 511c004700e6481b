package dev.bes.sandbox.batchendpoints.job;

/**
 * What a deployment appends to its predictions. None of them has a header: the runner is started with
 * {@code --append_row_dataframe_header False}. Sources: the recordings of azure-sdk-for-python for that; "deploy models in batch
 * endpoints" for {@code header=None, sep=' '} of data frames; "deploy MLflow models in batch deployments" and its notebook for MLflow.
 */
public enum PredictionStyle {
    /** The scoring script returns texts: each row of the model's output as a line of CSV. */
    LINES(',', false),
    /** The same, with the name of the file and the number of the row, from 0, in front. */
    NUMBERED_LINES(',', true),
    /** The scoring script returns a data frame, which the runner writes with spaces between the values. */
    DATA_FRAME(' ', false),
    /** An MLflow model without a script: row, prediction, file name. The prediction is the scored label, or the last column. */
    MLFLOW(',', false);

    private final char separator;
    private final boolean numbered;

    PredictionStyle(char separator, boolean numbered) {
        this.separator = separator;
        this.numbered = numbered;
    }

    char separator() {
        return separator;
    }

    boolean isNumbered() {
        return numbered;
    }
}
