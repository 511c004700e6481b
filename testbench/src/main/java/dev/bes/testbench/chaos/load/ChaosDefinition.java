package dev.bes.testbench.chaos.load;

import dev.bes.testbench.chaos.environment.ChaosFolder;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The definition that the chaos test runs: all three triggers, and times as short as possible. */
public record ChaosDefinition(ChaosSchedule schedule) {

    public static final String NAME = "chaos";
    public static final String SCHEDULE = "every-5-s";

    private static final int SAMPLE_ROWS = 20;

    /** A quarter of the files have no more rows; they are scored by one call of RRS. */
    private static final int ONE_CALL_ROWS = 10;

    /** Writes it into the folder of definitions, with the file that its schedule scores. */
    public void write(ChaosFolder folder) {
        try {
            Files.writeString(folder.definitions().resolve("sample.csv"), GeneratedCsv.csv(-1, SAMPLE_ROWS));
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
                """.formatted(NAME, ChaosNodeSettings.ENDPOINT, SCHEDULE, schedule.cron(), ONE_CALL_ROWS);
    }
}
