package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.BlobListing;
import dev.bes.testbench.checker.DriverJournal;
import dev.bes.testbench.checker.Evidence;
import dev.bes.testbench.checker.Policy;
import dev.bes.testbench.checker.SnapshotReader;
import dev.bes.testbench.checker.StoredFile;
import dev.bes.testbench.checker.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Collects what is left, for the checker. */
record Gathering(Stage stage, DriverJournal journal) {

    /** How long after the last fault everything must be done. */
    static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final Duration TOLERANCE = Duration.ofMillis(200);
    /** Two launch sets, two collect sets and one of polls. */
    private static final int SETS_OF_A_NODE = 5;

    private static final String CONTAINER = "orchestrator";
    private static final List<String> PAGES = List.of(
            "/", "/problems", "/definitions", "/api/runs", "/api/problems", "/api/definitions", "/actuator/health");

    /** What the nodes show to whoever looks; while they still run. */
    List<Text> pages() {
        List<Text> pages = new ArrayList<>();
        for (ChaosNode node : stage.nodes()) {
            for (String path : PAGES) {
                stage.api()
                        .page(node.url(), path)
                        .ifPresent(content -> pages.add(new Text(path + " of " + node.name(), content)));
            }
        }
        return pages;
    }

    /** Everything, when the nodes have ended. */
    Evidence evidence(List<Text> pages) throws SQLException {
        DataSource database = stage.database().server().dataSource(Database.NAME);
        List<Text> tables = SnapshotReader.texts(database);
        keep(tables);
        List<Text> texts = new ArrayList<>(pages);
        texts.addAll(tables);
        stage.nodes().forEach(node -> texts.add(Text.of(stage.folder().nodeLog(node.name()))));
        return new Evidence(
                stage.sandbox().journal().entries(),
                SnapshotReader.snapshot(database),
                journal.entries(),
                BlobListing.of(stage.sandbox().blobConnectionString(), CONTAINER),
                StoredFile.below(stage.folder().outputDisk()),
                StoredFile.below(stage.folder().inbox()),
                texts,
                stage.secrets(),
                policy());
    }

    private Policy policy() {
        int nodes = stage.nodes().size();
        return new Policy(
                Duration.ofMillis(NodeSettings.POLL_LEAST_MILLIS),
                Duration.ofMillis(NodeSettings.POLL_MOST_MILLIS),
                TOLERANCE,
                RECOVERY,
                nodes,
                nodes * SETS_OF_A_NODE);
    }

    private void keep(List<Text> tables) {
        try {
            Files.createDirectories(stage.folder().tables());
            for (Text table : tables) {
                String name = table.where().replaceAll("\\W+", "-") + ".txt";
                Files.writeString(stage.folder().tables().resolve(name), table.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
