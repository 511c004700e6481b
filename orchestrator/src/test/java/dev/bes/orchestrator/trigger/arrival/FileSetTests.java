package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are taken, recorded and put away in sets. */
class FileSetTests {
    private static final int FILES = 60;

    private final DropFolderFixture drop;

    FileSetTests(@TempDir Path folder) {
        this.drop = new DropFolderFixture(folder);
    }

    private void writeFiles() {
        IntStream.range(0, FILES).forEach(i -> drop.write("drop/" + i + ".csv", "text\n" + i + "\n"));
    }

    private long transactions(String table, String where, Object parameter) {
        return drop.rows
                .jdbc()
                .sql("SELECT count(DISTINCT xmin::text) FROM " + table + " WHERE " + where)
                .param(parameter)
                .query(Long.class)
                .single();
    }

    @Test
    void areRecordedAndPutAwayInAFewTransactions() {
        writeFiles();
        DropFolderPoller node = drop.options("duplicates: once").node();
        node.scan();
        assertThat(transactions("run", "definition = ?", drop.name)).isEqualTo(2);

        drop.runs("").forEach(drop::fail);
        node.scan();
        assertThat(drop.ledger()).hasSize(FILES).allMatch(file -> file.state() == FileState.QUARANTINED);
        assertThat(transactions("dropped_file", "folder = ?", drop.file("drop").toString()))
                .isEqualTo(2);
    }

    @Test
    void keepTheirOrder() throws IOException {
        writeFiles();
        for (int i = 0; i < FILES; i++) {
            Files.setLastModifiedTime(drop.file("drop/" + i + ".csv"), FileTime.fromMillis(1_000_000 - 1_000 * i));
        }
        drop.options("duplicates: once").node().scan();

        assertThat(drop.ledger().stream()
                        .sorted((one, other) -> Long.compare(run(other), run(one)))
                        .map(FileRecord::name))
                .containsExactlyElementsOf(
                        IntStream.range(0, FILES).mapToObj(i -> i + ".csv").toList());
    }

    private static long run(FileRecord file) {
        return file.run() == null ? 0 : file.run();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNeitherLostNorDoubledByADeathBeforeOrAfterTheirRecord(boolean afterTheRecord) {
        writeFiles();
        DropFolderPoller mortal = drop.options("duplicates: once").mortal(afterTheRecord);
        assertThatThrownBy(mortal::scan).isInstanceOf(AssertionError.class);
        assertThat(drop.ledger().stream().filter(file -> file.state() == FileState.CLAIMED))
                .as("the first set was moved")
                .hasSize(50);
        DropFolderPoller heir = drop.node();
        heir.scan();
        assertThat(drop.runs(""))
                .as("the set of the dead node may still be its own")
                .hasSize(afterTheRecord ? 60 : 10);
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = taken_at - interval '31 s' WHERE folder = ?")
                .param(drop.file("drop").toString())
                .update();
        heir.scan();
        drop.node().scan();

        assertThat(drop.runs("")).hasSize(FILES);
        assertThat(drop.ledger().stream().map(FileRecord::run).distinct()).hasSize(FILES);
        assertThat(drop.files("drop")).isEmpty();
    }

    @Test
    void fallAloneIfTheyCannotBecomeARun() {
        String bad = "x".repeat(99) + ".csv";
        drop.definition("", "*.csv", "0s", "delivery: { folder: \"${file.stem}-${file.stem}-${file.stem}\" }\n")
                .write("drop/" + bad, "text\na\n");
        writeFiles();
        drop.node().scan();

        assertThat(drop.count("")).isEqualTo(FILES + 1);
        assertThat(drop.runs("").stream().filter(run -> run.state() == State.FAILED))
                .singleElement()
                .extracting(RunView::cause)
                .asString()
                .contains("has a part of 299 bytes");
    }

    @Test
    void areRecognizedIfTwoOfThemHaveTheSameContent() {
        drop.write("drop/a.csv", "text\na\n").write("drop/b.csv", "text\na\n").write("drop/c.csv", "text\na\n");
        DropFolderPoller node = drop.options("duplicates: once").node();
        node.scan();

        RunView run = drop.runs("").getFirst();
        assertThat(drop.runs("")).hasSize(1);
        assertThat(drop.ledger().stream().filter(file -> file.state() == FileState.DUPLICATE))
                .hasSize(2)
                .extracting(FileRecord::reason)
                .containsOnly("its content is that of '%s', which run %d scores or has scored ('duplicates')"
                        .formatted(scored(), run.id()));
    }

    private String scored() {
        return drop.ledger().stream()
                .filter(file -> file.state() == FileState.CLAIMED)
                .map(FileRecord::name)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void areRecoveredInOrderIfOneNameCameTwice() throws IOException {
        DropFolderPoller node = drop.options("duplicates: when-changed").node();
        drop.take("", UUID.randomUUID(), "day.csv");
        drop.take("", UUID.randomUUID(), "day.csv");
        node.scan();

        assertThat(drop.ledger("day.csv"))
                .extracting(FileRecord::state)
                .containsExactlyInAnyOrder(FileState.CLAIMED, FileState.DUPLICATE);
    }

    @Test
    void arePutAwayWithoutTheOneThatCannotBeRecorded() {
        writeFiles();
        DropFolderPoller node = drop.options("duplicates: once").node();
        node.scan();
        drop.runs("").forEach(drop::fail);
        String bad = UUID.randomUUID() + ".csv";
        jdbcUpdate("UPDATE dropped_file SET name = ? WHERE folder = ? AND name = '7.csv'", bad);
        DatabaseFixture.shared()
                .jdbc()
                .sql(
                        "ALTER TABLE dropped_file ADD CONSTRAINT broken CHECK (NOT (name = '%s' AND location = 'failed')) NOT VALID"
                                .formatted(bad))
                .update();
        try {
            node.scan();
            assertThat(states(FileState.CLAIMED)).isEqualTo(1);
            assertThat(states(FileState.QUARANTINED)).isEqualTo(FILES - 1);
        } finally {
            DatabaseFixture.shared()
                    .jdbc()
                    .sql("ALTER TABLE dropped_file DROP CONSTRAINT broken")
                    .update();
        }
        node.scan();
        assertThat(states(FileState.QUARANTINED))
                .as("it was moved, and is found")
                .isEqualTo(FILES);
    }

    private void jdbcUpdate(String sql, String name) {
        drop.rows
                .jdbc()
                .sql(sql)
                .params(List.of(name, drop.file("drop").toString()))
                .update();
    }

    private long states(FileState state) {
        return drop.ledger().stream().filter(file -> file.state() == state).count();
    }
}
