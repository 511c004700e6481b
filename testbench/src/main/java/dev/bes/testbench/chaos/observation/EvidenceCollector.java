package dev.bes.testbench.chaos.observation;

import dev.bes.testbench.chaos.environment.ChaosDatabase;
import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.BlobListing;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverJournal;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.SearchedText;
import dev.bes.testbench.checker.evidence.SnapshotReader;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Collects the evidence for the checker. */
public record EvidenceCollector(TestEnvironment environment, DriverJournal journal) {

    /** How long after the last fault all work must be done. */
    public static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final Duration TOLERANCE = Duration.ofMillis(200);
    /** Two sets of launch, two of collect, one of track. */
    private static final int SETS_OF_A_NODE = 5;

    private static final String CONTAINER = "orchestrator";
    private static final List<String> PAGES = List.of(
            "/",
            "/attention",
            "/definitions",
            "/api/v1/runs",
            "/api/v1/attention",
            "/api/v1/definitions",
            "/actuator/health");

    /** The pages and API answers of all nodes, read while they run. */
    public List<SearchedText> pages() {
        List<SearchedText> pages = new ArrayList<>();
        for (ChaosNode node : environment.nodes()) {
            for (String path : PAGES) {
                environment
                        .api()
                        .page(node.url(), path)
                        .ifPresent(content -> pages.add(new SearchedText(path + " of " + node.name(), content)));
            }
        }
        return pages;
    }

    /** All evidence, read after the nodes have ended. */
    public Evidence evidence(List<SearchedText> pages) throws SQLException {
        DataSource database = environment.database().server().dataSource(ChaosDatabase.NAME);
        List<SearchedText> tables = SnapshotReader.texts(database);
        write(tables);
        List<SearchedText> texts = new ArrayList<>(pages);
        texts.addAll(tables);
        environment
                .nodes()
                .forEach(node -> texts.add(SearchedText.of(environment.folder().nodeLog(node.name()))));
        return new Evidence(
                environment.sandbox().journal().entries(),
                SnapshotReader.snapshot(database),
                journal.entries(),
                BlobListing.of(environment.sandbox().blobConnectionString(), CONTAINER),
                StoredFile.below(environment.folder().outputDisk()),
                Stream.concat(
                                StoredFile.below(environment.folder().inbox()).stream(),
                                BlobListing.of(environment.sandbox().blobConnectionString(), ChaosNodeSettings.LAKE)
                                        .stream())
                        .toList(),
                texts,
                environment.secrets(),
                policy());
    }

    private CheckerSettings policy() {
        int nodes = environment.nodes().size();
        return new CheckerSettings(
                Duration.ofMillis(ChaosNodeSettings.POLL_LEAST_MILLIS),
                Duration.ofMillis(ChaosNodeSettings.POLL_MOST_MILLIS),
                TOLERANCE,
                RECOVERY,
                nodes,
                nodes * SETS_OF_A_NODE,
                environment.kind().classes());
    }

    private void write(List<SearchedText> tables) {
        try {
            Files.createDirectories(environment.folder().tables());
            for (SearchedText table : tables) {
                String name = table.where().replaceAll("\\W+", "-") + ".txt";
                Files.writeString(environment.folder().tables().resolve(name), table.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
