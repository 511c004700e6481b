package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderPollerTests {
    private static final String DAY = "text\na\n";

    private final DropFolderFixture dropFolderFixture;

    DropFolderPollerTests(@TempDir Path folder) {
        this.dropFolderFixture = new DropFolderFixture(folder);
    }

    @Test
    void makesARunOfAFileAndKeepsItUnderItsOwnName() {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/my day.csv", DAY)
                .node();
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();

        assertThat(run.trigger()).isEqualTo("files");
        assertThat(dropFolderFixture.rows.reader().scorings(run.id(), 0, 10))
                .singleElement()
                .satisfies(s -> assertThat(s.files()).containsExactly(Map.entry("input1", "my day.csv")));
        assertThat(dropFolderFixture.files(".processing"))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("/my day.csv");
        assertThat(dropFolderFixture.file("drop/my day.csv")).doesNotExist();
    }

    @Test
    void leavesAFileAloneThatIsBeingWritten() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "10m", "")
                .write("drop/a.csv", DAY)
                .node();
        for (int i = 0; i < 5; i++) {
            node.scan();
            dropFolderFixture.write("drop/a.csv", DAY + "b\n".repeat(i));
        }
        assertThat(dropFolderFixture.runs("")).isEmpty();
        assertThat(dropFolderFixture.file("drop/a.csv")).exists();
    }

    @Test
    void leavesEverythingAloneThatIsNoFileForIt() throws Exception {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/.hidden.csv", DAY)
                .write("drop/notes.txt", DAY)
                .write("drop/folder.csv/inside.csv", DAY)
                .write("elsewhere/real.csv", DAY)
                .node();
        Files.createSymbolicLink(dropFolderFixture.file("drop/link.csv"), dropFolderFixture.file("elsewhere/real.csv"));
        assertThat(new ProcessBuilder(
                                "mkfifo",
                                dropFolderFixture.file("drop/pipe.csv").toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> before = dropFolderFixture.files("drop");
        node.scan();
        dropFolderFixture.write("drop/good.csv", DAY);

        dropFolderFixture.runsAfterLooking(node, "", 1);
        assertThat(dropFolderFixture.files("drop")).containsExactlyElementsOf(before);
    }

    @Test
    void makesOneRunOfAFileThatManyNodesSee() {
        dropFolderFixture.definition("", "*.csv", "0s", "");
        IntStream.range(0, 20).forEach(i -> dropFolderFixture.write("drop/" + i + ".csv", DAY));
        Parallel.all(IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(i -> () -> dropFolderFixture
                        .runsAfterLooking(dropFolderFixture.node(), "", 20)
                        .size())
                .toList());

        assertThat(dropFolderFixture.runs("")).hasSize(20);
        assertThat(dropFolderFixture.files(".processing"))
                .as("twenty files, each in a folder of its own, and no folder of a node that came too late")
                .hasSize(40);
    }

    @Test
    void adoptsAFileWhoseNodeDiedBeforeItWroteItDown() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        dropFolderFixture.take("", id, "orphan.csv");
        node.scan();

        assertThat(dropFolderFixture.runs("")).extracting(RunView::occurrence).containsExactly("file:" + id);
        node.scan();
        assertThat(dropFolderFixture.runs("")).hasSize(1);
    }

    @Test
    void leavesAFileToANodeThatHasJustTakenIt() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        dropFolderFixture.take("", id, "fresh.csv");
        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = clock_timestamp() WHERE id = ?")
                .param(id)
                .update();
        node.scan();

        assertThat(dropFolderFixture.runs("")).isEmpty();
    }

    @Test
    void removesTheFolderOfANodeThatDiedBeforeItTookTheFile() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        Path taken = dropFolderFixture.take("", id, "a.csv");
        Files.delete(taken.resolve("a.csv"));
        Path neverAnnounced = dropFolderFixture.plant(".processing/" + UUID.randomUUID() + "/a.csv");
        Files.delete(neverAnnounced.resolve("a.csv"));
        Files.setLastModifiedTime(neverAnnounced, FileTime.from(Instant.now().minusSeconds(31)));
        node.scan();

        assertThat(taken).doesNotExist();
        assertThat(neverAnnounced).doesNotExist();
        assertThat(DatabaseFixture.shared()
                        .jdbc()
                        .sql("SELECT count(*) FROM dropped_file WHERE id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("the file was never taken")
                .isZero();
    }

    @Test
    void adoptsAFileOnlyForTheDefinitionThatWouldHaveTakenIt() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("-a", "a*.csv", "0s", "")
                .definition("-b", "b*.csv", "0s", "")
                .node();
        dropFolderFixture.take("-b", UUID.randomUUID(), "b1.csv");
        node.scan();

        assertThat(dropFolderFixture.runs("-a")).isEmpty();
        assertThat(dropFolderFixture.runs("-b")).hasSize(1);
    }

    @Test
    void takesFilesForTwoDefinitionsThatShareAFolder() {
        DropFolderPoller node = dropFolderFixture
                .definition("-a", "a*.csv", "1s", "")
                .definition("-b", "b*.csv", "1s", "")
                .write("drop/a1.csv", DAY)
                .write("drop/b1.csv", DAY)
                .node();

        dropFolderFixture.runsAfterLooking(node, "-a", 1);
        dropFolderFixture.runsAfterLooking(node, "-b", 1);
    }

    @Test
    void goesOnWithTheOtherFoldersWhateverLiesInOne() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .elsewhere("-1")
                .elsewhere("-2")
                .write(".processing/junk.txt", DAY)
                .write(".processing/junk/" + UUID.randomUUID(), DAY)
                .write(".processing/" + UUID.randomUUID(), DAY)
                .write("drop-1/.processing/junk.txt", DAY)
                .write("drop-1/one.csv", DAY)
                .write("drop-2/two.csv", DAY)
                .node();
        for (String junk : dropFolderFixture.files(".processing")) {
            Files.setLastModifiedTime(
                    dropFolderFixture.file(".processing").resolve(junk),
                    FileTime.from(Instant.now().minusSeconds(31)));
        }

        dropFolderFixture.runsAfterLooking(node, "-1", 1);
        dropFolderFixture.runsAfterLooking(node, "-2", 1);
    }

    @Test
    void putsTheFileOfAFailedRunAside() {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/my day.csv", DAY)
                .node();
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();
        node.scan();
        assertThat(dropFolderFixture.files("drop")).as("while it is at work").doesNotContain("failed/");
        dropFolderFixture.fail(run);
        node.scan();

        assertThat(dropFolderFixture.files("drop"))
                .containsExactly(
                        "failed/",
                        "failed/" + run.id() + "-my_day.csv",
                        "failed/" + run.id() + "-my_day.csv.reason.txt");
        assertThat(dropFolderFixture.file("drop/failed/" + run.id() + "-my_day.csv"))
                .hasContent(DAY);
        assertThat(DatabaseFixture.shared()
                        .jdbc()
                        .sql("SELECT location FROM dropped_file WHERE run_id = ? AND moved_at IS NOT NULL")
                        .param(run.id())
                        .query(String.class)
                        .single())
                .isEqualTo("failed");
    }

    @Test
    void putsAFileAsideThatAnotherNodeMovedBeforeItDied() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/a.csv", DAY)
                .node();
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();
        dropFolderFixture.fail(run);
        Path taken = dropFolderFixture
                .file(".processing")
                .resolve(dropFolderFixture.files(".processing").getLast());
        Files.createDirectories(dropFolderFixture.file("drop/failed"));
        Files.move(taken, dropFolderFixture.file("drop/failed/" + run.id() + "-a.csv"));
        node.scan();

        assertThat(dropFolderFixture.files("drop"))
                .containsExactly(
                        "failed/", "failed/" + run.id() + "-a.csv", "failed/" + run.id() + "-a.csv.reason.txt");
    }

    @Test
    void recordsAFileThatCannotBecomeARun() {
        String stem = "x".repeat(99);
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "delivery: { folder: \"${file.stem}-${file.stem}-${file.stem}\" }\n")
                .write("drop/" + stem + ".csv", DAY)
                .node();
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.cause()).contains("has a part of 299 bytes", "a file system takes 255");
        node.scan();
        assertThat(dropFolderFixture.files("drop/failed")).hasSize(2);
    }

    @Test
    void leavesFilesLieWhileTooMuchIsUnendedAndTakesTheOldestFirstThen() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node(full::get);
        for (int i = 0; i < 10; i++) {
            dropFolderFixture.write("drop/" + i + ".csv", DAY);
            Files.setLastModifiedTime(
                    dropFolderFixture.file("drop/" + i + ".csv"), FileTime.fromMillis(1_000_000 - 1_000 * i));
        }
        node.scan();
        node.scan();
        assertThat(dropFolderFixture.runs("")).isEmpty();
        assertThat(dropFolderFixture.files("drop")).contains("0.csv", "9.csv");

        full.set(false);
        List<RunView> newestFirst = dropFolderFixture.runsAfterLooking(node, "", 10);
        assertThat(newestFirst.stream()
                        .flatMap(run -> dropFolderFixture.rows.reader().scorings(run.id(), 0, 1).stream()))
                .extracting(scoring -> scoring.files().get("input1"))
                .containsExactly(
                        "0.csv", "1.csv", "2.csv", "3.csv", "4.csv", "5.csv", "6.csv", "7.csv", "8.csv", "9.csv");
    }
}
