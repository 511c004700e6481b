package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of a drop folder, each by its key. */
class ArrivalOptionsTests {
    private static final String DAY = "text\na\n";

    private final DropFolderFixture drop;

    ArrivalOptionsTests(@TempDir Path folder) {
        this.drop = new DropFolderFixture(folder);
    }

    private FileRecord only(String name) {
        assertThat(drop.ledger(name)).as(name).hasSize(1);
        return drop.ledger(name).getFirst();
    }

    private List<String> taken() {
        return drop.ledger().stream()
                .filter(file -> file.run() != null)
                .map(FileRecord::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"day, archive/2026/03/29/", "month, archive/2026/03/"})
    void archiveByPutsFilesIntoAFolderForEachDayOrMonth(String by, String folder) throws IOException {
        DropFolderPoller node =
                drop.options("archive-by: " + by).write("drop/a.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = '2026-03-29 23:30+00' WHERE folder = ?")
                .param(drop.file("drop").toString())
                .update();
        drop.finish(run, () -> {});
        node.scan();
        drop.node().scan();

        assertThat(drop.file("drop/" + folder + run.id() + "-a.csv")).hasContent(DAY);
        assertThat(only("a.csv").path()).endsWith(folder + run.id() + "-a.csv");
    }

    @Test
    void excludeLeavesFilesAloneThatThePatternMatches() {
        DropFolderPoller node = drop.options("exclude: ['*-draft.csv', 'x*']")
                .write("drop/a.csv", DAY)
                .write("drop/a-draft.csv", DAY)
                .write("drop/x.csv", DAY)
                .node();
        node.scan();

        assertThat(taken()).containsExactly("a.csv");
        assertThat(only("a-draft.csv").state()).isEqualTo(FileState.IGNORED);
        assertThat(only("x.csv").reason()).contains("'exclude'");
    }

    @Test
    void ignoreCaseTakesNamesInUpperCase() {
        DropFolderPoller node = drop.options("ignore-case: true, exclude: ['*DRAFT*']")
                .write("drop/A.CSV", DAY)
                .write("drop/a-draft.csv", DAY)
                .node();
        node.scan();

        assertThat(taken()).containsExactly("A.CSV");
    }

    @Test
    void temporaryNamesWaitUntilTheirWriterRenamesThem() throws IOException {
        DropFolderPoller node = drop.options("pattern: '*'")
                .write("drop/a.csv.part", DAY)
                .write("drop/~$a.csv", DAY)
                .node();
        node.scan();
        assertThat(taken()).isEmpty();
        assertThat(only("a.csv.part").state()).isEqualTo(FileState.SEEN);
        assertThat(only("~$a.csv").reason()).contains("'temporary'");

        Files.move(drop.file("drop/a.csv.part"), drop.file("drop/a.csv"));
        node.scan();
        assertThat(taken()).containsExactly("a.csv");
        assertThat(only("a.csv.part").state()).isEqualTo(FileState.GONE);
    }

    @Test
    void temporaryReplacesTheUsualNames() {
        DropFolderPoller node = drop.options("pattern: '*', temporary: ['*.wait']")
                .write("drop/a.tmp", DAY)
                .write("drop/a.wait", DAY)
                .node();
        node.scan();

        assertThat(taken()).containsExactly("a.tmp");
    }

    @Test
    void sizesOutOfRangeAreNotTakenUntilTheyChange() {
        DropFolderPoller node = drop.options("min-size: 5B, max-size: 10B")
                .write("drop/small.csv", "1234")
                .write("drop/large.csv", "12345678901")
                .write("drop/right.csv", "12345")
                .node();
        node.scan();
        assertThat(taken()).containsExactly("right.csv");
        assertThat(only("small.csv").reason()).isEqualTo("it has 4 bytes, and the least is 5 ('min-size')");
        assertThat(only("large.csv").reason()).isEqualTo("it has 11 bytes, and the most is 10 ('max-size')");

        drop.write("drop/small.csv", "123456");
        node.scan();
        assertThat(taken()).containsExactlyInAnyOrder("right.csv", "small.csv");
    }

    @Test
    void aDoneMarkerSaysThatAFileIsCompleteAndGoesWithIt() throws IOException {
        DropFolderPoller node = drop.definition("", "*.csv", "10m\n      done-marker: '{stem}.ok'", "")
                .write("drop/a.csv", DAY)
                .write("drop/b.csv", DAY)
                .write("drop/b.ok", "")
                .node();
        Files.setLastModifiedTime(drop.file("drop/a.csv"), FileTime.fromMillis(5_000));
        Files.setLastModifiedTime(drop.file("drop/b.csv"), FileTime.fromMillis(5_000));
        Files.setLastModifiedTime(drop.file("drop/b.ok"), FileTime.fromMillis(5_000));
        node.scan();
        assertThat(taken()).containsExactly("b.csv");
        assertThat(drop.file("drop/b.ok")).doesNotExist();
        assertThat(only("a.csv").state()).isEqualTo(FileState.SEEN);
        assertThat(only("a.csv").reason()).isEqualTo("it waits for its done-marker 'a.ok'");

        drop.write("drop/a.ok", "");
        Files.setLastModifiedTime(drop.file("drop/a.ok"), FileTime.fromMillis(4_000));
        node.scan();
        assertThat(taken()).as("the marker of an earlier file").containsExactly("b.csv");
        Files.setLastModifiedTime(drop.file("drop/a.ok"), FileTime.fromMillis(6_000));
        node.scan();
        assertThat(taken()).containsExactlyInAnyOrder("a.csv", "b.csv");
    }

    @Test
    void duplicatesOnceScoresAContentOnceUnderWhateverName() {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/a.csv", DAY).node();
        node.scan();
        drop.write("drop/a.csv", DAY).write("drop/b.csv", DAY).write("drop/c.csv", "text\nc\n");
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(2);
        FileRecord duplicate = only("b.csv");
        assertThat(duplicate.state()).isEqualTo(FileState.DUPLICATE);
        assertThat(duplicate.reason()).startsWith("its content is that of 'a.csv', which run ");
        assertThat(drop.file("drop/archive/duplicate-b.csv")).hasContent(DAY);
        assertThat(drop.ledger("a.csv"))
                .extracting(FileRecord::state)
                .containsExactlyInAnyOrder(FileState.CLAIMED, FileState.DUPLICATE);
        assertThat(drop.files(".processing"))
                .as("the two that are scored, each in a folder")
                .hasSize(4);
    }

    @Test
    void duplicatesWhenChangedScoresAFileAgainIfItsContentIsAnotherOne() {
        DropFolderPoller node = drop.options("duplicates: when-changed")
                .write("drop/a.csv", DAY)
                .node();
        node.scan();
        drop.write("drop/a.csv", DAY).write("drop/b.csv", DAY);
        node.scan();
        assertThat(drop.runs("")).as("another name is another file").hasSize(2);
        drop.write("drop/a.csv", "text\nb\n");
        node.scan();
        assertThat(drop.runs("")).hasSize(3);
        drop.write("drop/a.csv", DAY);
        node.scan();
        assertThat(drop.runs("")).as("it changed back").hasSize(4);
    }

    @Test
    void duplicatesAlwaysIsTheDefault() {
        DropFolderPoller node =
                drop.options("duplicates: always").write("drop/a.csv", DAY).node();
        node.scan();
        drop.write("drop/a.csv", DAY);
        node.scan();

        assertThat(drop.runs("")).hasSize(2);
    }

    @Test
    void aContentOfAFailedRunIsScoredAgain() {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/a.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.fail(run);
        node.scan();
        drop.write("drop/a.csv", DAY);

        drop.runsAfterLooking(node, "", 2);
    }

    @Test
    void aContentIsScoredOnceHoweverManyNodesTakeItUnderManyNames() {
        drop.options("duplicates: once");
        IntStream.range(0, 60).forEach(i -> drop.write("drop/" + i + ".csv", "text\n" + i % 20 + "\n"));
        Parallel.all(IntStream.range(0, 3)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    DropFolderPoller node = drop.node();
                    node.scan();
                    node.scan();
                    return true;
                })
                .toList());

        assertThat(drop.runs("")).hasSize(20);
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.DUPLICATE)
                .hasSize(40);
    }

    @Test
    void afterDeleteKeepsNoFileThatWasScored() throws IOException {
        DropFolderPoller node = drop.options("after: delete, duplicates: once")
                .write("drop/a.csv", DAY)
                .node();
        drop.finish(drop.runsAfterLooking(node, "", 1).getFirst(), () -> {});
        node.scan();
        assertThat(only("a.csv").state()).isEqualTo(FileState.DELETED);
        drop.write("drop/b.csv", DAY);
        node.scan();

        assertThat(only("b.csv").state()).isEqualTo(FileState.DUPLICATE);
        assertThat(drop.files("drop")).isEmpty();
        assertThat(drop.files(".processing")).isEmpty();
    }
}
