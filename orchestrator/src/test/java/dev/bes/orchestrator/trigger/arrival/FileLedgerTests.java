package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every entry of a drop folder is one row from first sight to its end, with its state and its reason. */
class FileLedgerTests {
    private static final String DAY = "text\na\n";

    private final DropFolderFixture drop;

    FileLedgerTests(@TempDir Path folder) {
        this.drop = new DropFolderFixture(folder);
    }

    private FileRecord only(String name) {
        assertThat(drop.ledger(name)).as(name).hasSize(1);
        return drop.ledger(name).getFirst();
    }

    @Test
    void hasARowOfEachEntryThatIsNotTakenWithItsReason() throws Exception {
        DropFolderPoller node = drop.definition("", "*.csv", "0s", "")
                .write("drop/notes.txt", DAY)
                .write("drop/.hidden.csv", DAY)
                .write("drop/sub.csv/inside.csv", DAY)
                .write("drop/archive/old.csv", DAY)
                .node();
        Files.createSymbolicLink(drop.file("drop/link.csv"), drop.file("drop/notes.txt"));
        assertThat(new ProcessBuilder("mkfifo", drop.file("drop/pipe.csv").toString())
                        .start()
                        .waitFor())
                .isZero();
        node.scan();

        assertThat(drop.ledger())
                .allMatch(file -> file.state() == FileState.IGNORED && file.definition() == null && file.run() == null)
                .extracting(FileRecord::name)
                .containsExactlyInAnyOrder("notes.txt", ".hidden.csv", "sub.csv", "link.csv", "pipe.csv");
        assertThat(only("notes.txt").reason()).startsWith("no pattern matches its name: '*.csv'");
        assertThat(only(".hidden.csv").reason()).contains("starts with a dot");
        assertThat(only("sub.csv").reason()).startsWith("it is a folder");
        assertThat(only("link.csv").reason()).startsWith("it is a symbolic link");
        assertThat(only("pipe.csv").reason()).startsWith("it is a named pipe");
    }

    @Test
    void followsAFileFromFirstSightToItsEndInOneRow() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        DropFolderPoller node = drop.definition("", "*.csv", "1s", "")
                .write("drop/day.csv", DAY)
                .node(full::get);
        node.scan();
        FileRecord settling = only("day.csv");
        assertThat(settling.state()).isEqualTo(FileState.SETTLING);
        assertThat(settling.bytes()).isEqualTo(DAY.length());
        assertThat(settling.modified()).isNotNull();
        assertThat(settling.definition()).isEqualTo(drop.name);

        await().until(() -> {
            node.scan();
            return only("day.csv").state() == FileState.COMPLETE;
        });
        assertThat(only("day.csv").reason()).contains("orchestrator.trigger.max-unfinished");

        full.set(false);
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        assertThat(only("day.csv").state()).isEqualTo(FileState.CLAIMED);
        assertThat(only("day.csv").run()).isEqualTo(run.id());
        assertThat(only("day.csv").reason()).isNull();

        drop.finish(run, () -> {});
        node.scan();
        assertThat(only("day.csv").state()).isEqualTo(FileState.ARCHIVED);
        assertThat(only("day.csv").id()).as("the same row").isEqualTo(settling.id());
        assertThat(only("day.csv").seen()).isEqualTo(settling.seen());
    }

    @Test
    void saysThatAFileOfAFailedRunIsInQuarantine() {
        DropFolderPoller node = drop.definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        drop.fail(drop.runsAfterLooking(node, "", 1).getFirst());
        node.scan();

        assertThat(only("day.csv").state()).isEqualTo(FileState.QUARANTINED);
    }

    @Test
    void recordsAFileThatWasRemovedAlsoWhileNoNodeWasThere() throws IOException {
        drop.definition("", "*.csv", "0s", "").write("drop/a.txt", DAY).write("drop/b.txt", DAY);
        DropFolderPoller node = drop.node();
        node.scan();
        Files.delete(drop.file("drop/a.txt"));
        node.scan();
        assertThat(only("a.txt").state()).isEqualTo(FileState.GONE);
        assertThat(only("b.txt").state()).isEqualTo(FileState.IGNORED);

        Files.delete(drop.file("drop/b.txt"));
        drop.node().scan();
        assertThat(only("b.txt").state()).isEqualTo(FileState.GONE);

        drop.write("drop/b.txt", DAY);
        node.scan();
        drop.node().scan();
        assertThat(drop.ledger("b.txt")).extracting(FileRecord::state).contains(FileState.IGNORED, FileState.GONE);
    }

    @Test
    void writesNothingForAFolderAtRest() {
        drop.definition("", "*.csv", "10m", "");
        IntStream.range(0, 3_000).forEach(i -> drop.write("drop/" + i + (i % 2 == 0 ? ".csv" : ".txt"), DAY));
        DropFolderPoller node = drop.node();
        node.scan();
        List<String> before = rowVersions();
        assertThat(before).hasSize(3_000);
        node.scan();
        drop.node().scan();

        assertThat(rowVersions()).as("not even by a node that has just started").isEqualTo(before);
    }

    /** PostgreSQL gives a row another place each time it is written. */
    private List<String> rowVersions() {
        return drop.rows
                .jdbc()
                .sql("SELECT ctid || ' ' || xmin || ' ' || name FROM dropped_file WHERE folder = ? ORDER BY name")
                .param(drop.file("drop").toString())
                .query(String.class)
                .list();
    }

    @RepeatedTest(10)
    void hasOneRowOfAFileThatManyNodesSee() {
        drop.definition("", "*.csv", "0s", "");
        IntStream.range(0, 100).forEach(i -> drop.write("drop/" + i + (i % 2 == 0 ? ".csv" : ".txt"), DAY));
        Parallel.all(IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    DropFolderPoller node = drop.node();
                    int runs = drop.runsAfterLooking(node, "", 50).size();
                    node.scan();
                    return runs;
                })
                .toList());

        assertThat(drop.ledger()).hasSize(100);
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.CLAIMED)
                .hasSize(50);
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.IGNORED)
                .hasSize(50);
    }

    @Test
    void saysThatNoDefinitionNamesTheFolderAnyMore() throws IOException {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "")
                .write("drop/day.csv", DAY)
                .node();
        node.scan();
        Files.delete(drop.file("").resolve("../definitions/" + drop.name + ".yaml"));
        drop.elsewhere("-1").node().scan();

        assertThat(only("day.csv").reason()).isEqualTo("no definition names this folder any more");
    }

    @Test
    void survivesTimesThatNoCalendarHolds() throws IOException {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "")
                .write("drop/far.csv", DAY)
                .write("drop/past.csv", DAY)
                .node();
        Files.setLastModifiedTime(drop.file("drop/far.csv"), FileTime.fromMillis(9_000_000_000_000_000L));
        Files.setLastModifiedTime(drop.file("drop/past.csv"), FileTime.fromMillis(-1));
        node.scan();

        assertThat(drop.ledger()).hasSize(2);
    }

    @Test
    void findsFilesByNameStateAndTime() {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "")
                .write("drop/a_1.csv", DAY)
                .write("drop/ab1.csv", DAY)
                .write("drop/a.txt", DAY)
                .node();
        node.scan();

        assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, null, "a_*", null, null)))
                .as("an underscore stands for itself")
                .containsExactly("a_1.csv");
        assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, FileState.SETTLING, null, null, null)))
                .containsExactlyInAnyOrder("a_1.csv", "ab1.csv");
        assertThat(names(new FileFilter(
                        DefinitionScope.of(List.of(drop.name)), null, FileState.IGNORED, "a.txt", null, null)))
                .as("what belongs to no definition is for those who see everything")
                .isEmpty();
        FileRecord first = drop.ledger("a_1.csv").getFirst();
        assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, null, null, null, first.seen())))
                .doesNotContain("a_1.csv");
        assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, null, null, first.seen(), null)))
                .contains("a_1.csv");
    }

    private List<String> names(FileFilter filter) {
        return drop.records.list(filter, true, null, 100).stream()
                .map(FileRecord::name)
                .toList();
    }

    @Test
    void purgesRowsOfFilesThatWereRemovedLongAgo() throws IOException {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "")
                .write("drop/old.csv", DAY)
                .write("drop/new.csv", DAY)
                .node();
        node.scan();
        Files.delete(drop.file("drop/old.csv"));
        Files.delete(drop.file("drop/new.csv"));
        node.scan();
        DatabaseFixture.shared()
                .jdbc()
                .sql(
                        "UPDATE dropped_file SET moved_at = moved_at - interval '3 d' WHERE folder = ? AND name = 'old.csv'")
                .param(drop.file("drop").toString())
                .update();
        drop.lyingFiles.purge(java.time.Duration.ofDays(2), 100);

        assertThat(drop.ledger()).extracting(FileRecord::name).containsExactly("new.csv");
    }

    @Test
    void seesAFileAgainWhoseAnnouncementWasWithdrawn() throws IOException {
        DropFolderPoller node = drop.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        Path folder = drop.take("", id, "day.csv");
        Files.move(
                folder.resolve("day.csv"),
                Files.createDirectories(drop.file("drop")).resolve("day.csv"));
        node.scan();

        drop.runsAfterLooking(node, "", 1);
        assertThat(only("day.csv").state()).isEqualTo(FileState.CLAIMED);
    }

    @Test
    void listsAFileWhoseStateOnlyANewerVersionKnows() {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "")
                .write("drop/day.csv", DAY)
                .write("drop/other.csv", DAY)
                .node();
        node.scan();
        JdbcClient jdbc = DatabaseFixture.shared().jdbc();
        String rule = jdbc.sql(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'dropped_file_location'")
                .query(String.class)
                .single();
        jdbc.sql("ALTER TABLE dropped_file DROP CONSTRAINT dropped_file_location")
                .update();
        try {
            jdbc.sql("UPDATE dropped_file SET location = 'in-the-cloud' WHERE folder = ? AND name = 'day.csv'")
                    .param(drop.file("drop").toString())
                    .update();

            assertThat(only("day.csv").state()).isEqualTo(FileState.UNKNOWN);
            assertThat(only("day.csv").isRetryable()).isFalse();
            assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, FileState.UNKNOWN, null, null, null)))
                    .containsExactly("day.csv");
            assertThat(names(new FileFilter(DefinitionScope.ALL, drop.name, FileState.SETTLING, null, null, null)))
                    .containsExactly("other.csv");
        } finally {
            jdbc.sql("DELETE FROM dropped_file WHERE location = 'in-the-cloud'").update();
            jdbc.sql("ALTER TABLE dropped_file ADD CONSTRAINT dropped_file_location " + rule)
                    .update();
        }
    }
}
