package dev.bes.testbench.chaos.load;

import dev.bes.testbench.chaos.environment.ChaosKind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a definition, with times as short as possible.
 *
 * @param receiver the address that is told of the ends of runs
 */
record DefinitionText(ChaosKind kind, String receiver) {

    private static final int FEATURES = 8;

    /** A quarter of the files have no more than 10 rows; they are scored by one call of RRS. */
    private static final String ONLY_BES = """
            parameters:
              Target column: Text
            request-response:
              rows: 10
            """;

    /** Few files and rows, so that some are too many for a job. */
    private static final String FOLD = """
            fold:
              files: 6
              rows: 150
              wait: 2s
              file: file
              row: row
            """;

    /** @param triggers the triggers in YAML, indented; empty for none */
    String of(String name, String endpoint, String triggers) {
        boolean folds = kind.foldedEndpoints().contains(endpoint);
        return """
                name: %1$s
                endpoint: %2$s
                inputs:
                  input1:
                    from: sample.csv
                    columns: [Id, %3$s]
                outputs:
                  output1:
                    rows: same
                    %4$s
                %5$s\
                callbacks: ["%6$s"]
                delivery:
                  folder: %1$s/${run.id}
                attempts:
                  max: 3
                  backoff: 1s
                deadline: 60s
                %7$s%8$s""".formatted(
                        name,
                        endpoint,
                        kind.column(),
                        columns(folds),
                        triggers.isEmpty() ? "" : "triggers:\n" + triggers,
                        receiver,
                        kind == ChaosKind.BES ? ONLY_BES : "",
                        folds ? FOLD : "");
    }

    /**
     * Has outputs compared with those of another endpoint.
     *
     * @param share how many, such as 25%
     */
    String shadow(String endpoint, String share) {
        return """
                shadow:
                  endpoint: %s
                  share: %s
                %s""".formatted(endpoint, share, kind == ChaosKind.AZUREML ? "  header: absent\n" : "");
    }

    /** @param folds whether each row begins with its file and its number */
    private String columns(boolean folds) {
        String hashed = IntStream.range(0, FEATURES)
                .mapToObj(n -> ", " + kind.column() + "_HashingFeature." + n)
                .collect(Collectors.joining());
        return switch (kind) {
            case BES -> "columns: [Id, Text]";
            // a scoring script writes none
            case AZUREML ->
                "header: absent\n    columns: [%sId, %s%s]"
                        .formatted(folds ? "file, row, " : "", kind.column(), hashed);
            case INFERENCE -> "columns: [Id, %s%s]".formatted(kind.column(), hashed);
        };
    }
}
