package dev.bes.testbench.chaos.load;

import dev.bes.testbench.chaos.environment.ChaosFolder;
import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** Shares jobs among its files; one for each endpoint where that is possible, in this order. */
    public static final List<String> FOLDED = List.of("chaos-folded", "chaos-folded-2");

    /** The prefix of blobs that become runs. */
    public static final String PREFIX = "in/";

    /** Has a schedule that fires once a year, for backfills. */
    static final String YEARLY = "chaos-yearly";

    private static final int SAMPLE_ROWS = 20;

    /** The shares of outputs that are compared with those of another endpoint. */
    private static final Map<String, String> SHADOWED = Map.of(NAME, "25%", REQUESTS, "100%", FOLDED.getFirst(), "50%");

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
            for (String name : folded(kind)) {
                write(folder, name, """
                      files:
                        - folder: %s
                          settle: 1s
                    """.formatted(name));
            }
            Files.createDirectories(folder.inbox().resolve(STAYING));
            for (String drops : emptied(kind)) {
                Files.createDirectories(folder.inbox().resolve(drops));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that share jobs among their files. */
    public static List<String> folded(ChaosKind kind) {
        return FOLDED.subList(0, kind.foldedEndpoints().size());
    }

    /** Those whose drop folders are empty in the end; the folders have their names. */
    public static List<String> emptied(ChaosKind kind) {
        return Stream.concat(Stream.of(NAME, GROUPS, ONCE), folded(kind).stream())
                .toList();
    }

    /** The definition that takes a request. */
    static String requested(ChaosKind kind, int number) {
        List<String> all =
                Stream.concat(Stream.of(NAME, REQUESTS), folded(kind).stream()).toList();
        return all.get(number % all.size());
    }

    private void write(ChaosFolder folder, String name, String triggers) throws IOException {
        DefinitionText text = new DefinitionText(kind, receiver);
        String endpoint = endpoint(name);
        String share = SHADOWED.get(name);
        String other = endpoint.equals(kind.otherEndpoint()) ? kind.endpoint() : kind.otherEndpoint();
        Files.writeString(
                folder.definitions().resolve(name + ".yaml"),
                text.of(name, endpoint, triggers) + (share == null ? "" : text.shadow(other, share)));
    }

    private String endpoint(String name) {
        if (FOLDED.contains(name)) {
            return kind.foldedEndpoints().get(FOLDED.indexOf(name));
        }
        return List.of(NAME, ONCE, BLOBS).contains(name) ? kind.endpoint() : kind.otherEndpoint();
    }
}
