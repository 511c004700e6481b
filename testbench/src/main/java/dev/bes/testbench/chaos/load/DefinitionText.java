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

    /** @param triggers the triggers in YAML, indented; empty for none */
    String of(String name, String endpoint, String triggers) {
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
                %7$s""".formatted(
                        name,
                        endpoint,
                        kind.column(),
                        columns(),
                        triggers.isEmpty() ? "" : "triggers:\n" + triggers,
                        receiver,
                        kind == ChaosKind.BES ? ONLY_BES : "");
    }

    private String columns() {
        String hashed = IntStream.range(0, FEATURES)
                .mapToObj(n -> ", " + kind.column() + "_HashingFeature." + n)
                .collect(Collectors.joining());
        return switch (kind) {
            case BES -> "columns: [Id, Text]";
            // a scoring script writes none
            case AZUREML -> "header: absent\n    columns: [Id, %s%s]".formatted(kind.column(), hashed);
            case INFERENCE -> "columns: [Id, %s%s]".formatted(kind.column(), hashed);
        };
    }
}
