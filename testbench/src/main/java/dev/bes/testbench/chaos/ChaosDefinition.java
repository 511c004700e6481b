package dev.bes.testbench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The definition whose runs the chaos test asks for: all three triggers, and everything as quick as can be. */
record ChaosDefinition(Ticks ticks) {

    static final String NAME = "chaos";
    static final String SCHEDULE = "ticks";
    static final String ENDPOINT = "feature-hashing";

    private static final int SAMPLE_ROWS = 20;

    /** A quarter of what is asked for or dropped has no more. */
    private static final int FEW_ROWS = 10;

    /** Writes it where the nodes look for definitions, with the file that its schedule scores. */
    void write(ChaosFolder folder) {
        try {
            Files.writeString(folder.definitions().resolve("sample.csv"), Content.csv(-1, SAMPLE_ROWS));
            Files.writeString(folder.definitions().resolve(NAME + ".yaml"), text());
            Files.createDirectories(folder.inbox().resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        return """
                name: %1$s
                endpoint: %2$s
                inputs:
                  input1:
                    from: sample.csv
                    columns: [Id, Text]
                outputs:
                  output1:
                    rows: same
                    columns: [Id, Text]
                parameters:
                  Target column: Text
                triggers:
                  schedules:
                    - name: %3$s
                      cron: "%4$s"
                      zone: UTC
                  files:
                    - folder: %1$s
                      settle: 1s
                delivery:
                  folder: %1$s/${run.id}
                attempts:
                  max: 3
                  backoff: 1s
                deadline: 60s
                request-response:
                  rows: %5$d
                """.formatted(NAME, ENDPOINT, SCHEDULE, ticks.cron(), FEW_ROWS);
    }
}
