package dev.bes.testbench.chaos.load;

import dev.bes.testbench.chaos.environment.ChaosFolder;
import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The definitions that the chaos test runs: all triggers, and times as short as possible.
 *
 * @param kind the kind of the remote service
 * @param receiver the address that is told of the ends of runs
 */
public record ChaosDefinition(ChaosKind kind, ChaosSchedule schedule, String receiver) {

    public static final String NAME = "chaos";
    public static final String SCHEDULE = "every-5-s";

    /** Is requested, and has no trigger of its own. */
    static final String REQUESTS = "chaos-requests";

    /** Takes files in groups. */
    public static final String GROUPS = "chaos-groups";

    /** Scores each content once. */
    public static final String ONCE = "chaos-once";

    /** Leaves files where they are. */
    public static final String STAYING = "chaos-staying";

    /** Takes blobs of a container. */
    public static final String BLOBS = "chaos-blobs";

    /** The prefix of blobs that become runs. */
    public static final String PREFIX = "in/";

    /** Has a schedule that fires once a year, for backfills. */
    static final String YEARLY = "chaos-yearly";

    private static final int SAMPLE_ROWS = 20;

    /** Writes them into the folder of definitions, with the file that their schedules score. */
    public void write(ChaosFolder folder) {
        try {
            Files.writeString(
                    folder.definitions().resolve("sample.csv"), GeneratedCsv.csv(kind.column(), -1, SAMPLE_ROWS));
            write(folder, NAME, """
                      schedules:
                        - name: %s
                          cron: "%s"
                          zone: UTC
                      files:
                        - folder: %s
                          settle: 1s
                    """.formatted(SCHEDULE, schedule.cron(), NAME));
            write(folder, REQUESTS, "");
            write(folder, GROUPS, """
                      files:
                        - folder: %s
                          settle: 1s
                          group: { files: 3, wait: 4s }
                    """.formatted(GROUPS));
            write(folder, ONCE, """
                      files:
                        - folder: %s
                          settle: 1s
                          duplicates: once
                    """.formatted(ONCE));
            write(folder, STAYING, """
                      files:
                        - folder: %s
                          settle: 1s
                          after: leave
                    """.formatted(STAYING));
            write(folder, BLOBS, """
                      files:
                        - container: %s/%s
                          after: archive
                    """.formatted(ChaosNodeSettings.LAKE, PREFIX));
            write(folder, YEARLY, """
                      schedules:
                        - name: %s
                          cron: "0 0 3 1 1 ?"
                          zone: UTC
                    """.formatted(YEARLY));
            Files.createDirectories(folder.inbox().resolve(NAME));
            for (String drops : List.of(GROUPS, ONCE, STAYING)) {
                Files.createDirectories(folder.inbox().resolve(drops));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The definition that takes a request. */
    static String requested(int number) {
        return number % 2 == 0 ? NAME : REQUESTS;
    }

    private void write(ChaosFolder folder, String name, String triggers) throws IOException {
        boolean isFirst = List.of(NAME, ONCE, BLOBS).contains(name);
        String endpoint = isFirst ? kind.endpoint() : kind.otherEndpoint();
        Files.writeString(
                folder.definitions().resolve(name + ".yaml"),
                new DefinitionText(kind, receiver).of(name, endpoint, triggers));
    }
}
