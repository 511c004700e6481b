package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that stay where they are when they were scored ({@code after: leave}). */
class StayingFilesTests {
    private static final String DAY = "text\na\n";
    private static final String LEAVE = "after: leave";

    private final DropFolderFixture drop;

    StayingFilesTests(@TempDir Path folder) {
        this.drop = new DropFolderFixture(folder);
    }

    private RunView scored(DropFolderPoller node) throws IOException {
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.finish(run, () -> {});
        node.scan();
        return run;
    }

    @Test
    void scoresACopyAndLeavesTheFile() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        assertThat(drop.file("drop/day.csv")).hasContent(DAY);
        assertThat(drop.folderOf("day.csv").resolve("day.csv")).hasContent(DAY);

        drop.finish(run, () -> drop.write("drop/day.csv", "text\nchanged while it was scored\n"));
        node.scan();
        assertThat(drop.ledger("day.csv").getLast().state()).isEqualTo(FileState.SCORED);
        assertThat(drop.files(".processing").stream().filter(file -> file.contains(run.id() + "")))
                .isEmpty();
        drop.runsAfterLooking(node, "", 2);
    }

    @Test
    void neverScoresAVersionTwiceWhateverNodeLooks() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        RunView run = scored(node);
        node.scan();
        drop.node().scan();
        purge(run);
        drop.node().scan();
        drop.node().scan();

        assertThat(drop.runs("")).isEmpty();
        assertThat(drop.ledger("day.csv"))
                .singleElement()
                .satisfies(file -> assertThat(file.run()).isEqualTo(run.id()));
    }

    @Test
    void remembersAVersionWhenTheMountGoesAwayWhileItIsListed() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        RunView run = scored(node);
        drop.disk.afterNextLook(this::unmount);
        node.scan();
        assertThat(drop.ledger("day.csv"))
                .singleElement()
                .satisfies(file -> assertThat(file.version()).isNotNull());

        Files.delete(drop.file("drop"));
        mount();
        node.scan();
        assertThat(drop.ledger("day.csv"))
                .singleElement()
                .satisfies(file -> assertThat(file.run()).isEqualTo(run.id()));
    }

    @Test
    void deletesACopyWhenTheMountIsBackThatWentAwayBeforeItWasDeleted() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.finish(run, () -> {});
        drop.disk.afterNextLook(() -> drop.disk.afterNextLook(this::unmount));
        node.scan();
        assertThat(drop.ledger("day.csv").getFirst().state()).isEqualTo(FileState.CLAIMED);

        mount();
        node.scan();
        assertThat(drop.ledger("day.csv").getFirst().state()).isEqualTo(FileState.SCORED);
        assertThat(drop.files(".processing")).isEmpty();
    }

    private void unmount() {
        drop.disk.without(SharedFolder.DROP_ROOT);
        rename("drop", "unmounted");
    }

    private void mount() {
        rename("unmounted", "drop");
        drop.disk.back(SharedFolder.DROP_ROOT);
    }

    private void rename(String from, String to) {
        try {
            Files.move(drop.file(from), drop.file(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void purge(RunView run) {
        drop.rows
                .jdbc()
                .sql("UPDATE run SET ended_at = ended_at - interval '400 d' WHERE id = ?")
                .param(run.id())
                .update();
        new RunPurge(drop.rows.jdbc(), new Transactions(DatabaseFixture.shared().transactions()))
                .purge(Duration.ofDays(300), 100);
    }

    @Test
    void aNewTimeAloneMakesNoRun() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        scored(node);
        Files.setLastModifiedTime(drop.file("drop/day.csv"), FileTime.from(Instant.parse("2026-03-29T06:00:00Z")));
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(drop.ledger("day.csv").getFirst().state()).isEqualTo(FileState.DUPLICATE);
        assertThat(drop.file("drop/day.csv")).exists();
    }

    @Test
    void ofThreeNodesOneTakesEachFile() {
        drop.options(LEAVE);
        for (int i = 0; i < 40; i++) {
            drop.write("drop/day-" + i + ".csv", "text\n" + i + "\n");
        }
        List<DropFolderPoller> nodes = Stream.generate(drop::node).limit(3).toList();
        Parallel.each(nodes, node -> {
            node.scan();
            node.scan();
        });
        nodes.forEach(DropFolderPoller::scan);
        nodes.forEach(DropFolderPoller::scan);

        assertThat(drop.runs("")).hasSize(40);
        assertThat(drop.ledger()).hasSize(40).extracting(FileRecord::state).containsOnly(FileState.CLAIMED);
    }

    @Test
    void keepsTheFailedCopyApartAndTheFileWhereItIs() throws IOException {
        DropFolderPoller node = drop.options(LEAVE).write("drop/day.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.fail(run);
        node.scan();
        node.scan();
        assertThat(drop.runs("")).hasSize(1);
        assertThat(drop.files("drop"))
                .containsExactly(
                        "day.csv",
                        "failed/",
                        "failed/" + run.id() + "-day.csv",
                        "failed/" + run.id() + "-day.csv.reason.txt");

        QuarantinedFiles quarantined = QuarantinedFilesSetup.of(drop.rows.jdbc());
        assertThat(quarantined.retry(drop.ledger("day.csv").getFirst(), Actor.user("alice")))
                .isTrue();
        assertThat(drop.files("drop")).containsExactly("day.csv", "failed/");
        drop.runsAfterLooking(node, "", 2);
    }

    @Test
    void takesAFileAgainWhoseCopyADeadNodeLeftUnfinished() throws IOException {
        drop.options(LEAVE).write("drop/day.csv", DAY);
        DropFolderPoller node = drop.node();
        UUID id = UUID.randomUUID();
        Path taken = drop.take("", id, "day.csv");
        Files.move(taken.resolve("day.csv"), taken.resolve(".copy"));
        Files.setLastModifiedTime(
                taken.resolve(".copy"), FileTime.from(Instant.now().minusSeconds(31)));
        Path file = drop.file("drop/day.csv");
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET version = ? WHERE id = ?")
                .params(
                        FoundFile.of(file, Files.readAttributes(file, BasicFileAttributes.class))
                                .staying()
                                .version(),
                        id)
                .update();
        node.scan();
        assertThat(taken).as("the copy that was not finished").doesNotExist();
        drop.runsAfterLooking(node, "", 1);
    }

    @Test
    void leavesACopyAloneThatANodeWritesNow() throws IOException {
        drop.options(LEAVE);
        Files.createDirectories(drop.file("drop"));
        DropFolderPoller node = drop.node();
        UUID id = UUID.randomUUID();
        Path taken = drop.take("", id, "day.csv");
        Files.move(taken.resolve("day.csv"), taken.resolve(".copy"));
        Files.setLastModifiedTime(taken.resolve(".copy"), FileTime.from(Instant.now()));
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET version = '7/x' WHERE id = ?")
                .param(id)
                .update();
        node.scan();

        assertThat(taken.resolve(".copy")).exists();
        assertThat(drop.runs("")).isEmpty();
    }

    @Test
    void seesThatAFileWasChangedOrExchangedWhileItWasCopied() throws IOException {
        Path file = drop.write("drop/day.csv", DAY).file("drop/day.csv");
        FoundFile found = FoundFile.of(file, Files.readAttributes(file, BasicFileAttributes.class));
        try (RegularFile open = RegularFile.below(drop.file(""), file)) {
            assertThat(open.isUnchanged(found.bytes(), found.modified())).isTrue();
            Files.createLink(drop.file("drop/second.csv"), file);
            assertThat(open.isUnchanged(found.bytes(), found.modified()))
                    .as("a second name")
                    .isFalse();
            Files.delete(drop.file("drop/second.csv"));
            Files.move(file, drop.file("drop/elsewhere.csv"));
            drop.write("drop/day.csv", DAY);
            Files.setLastModifiedTime(file, FileTime.from(found.modified()));
            assertThat(open.isUnchanged(found.bytes(), found.modified()))
                    .as("another file")
                    .isFalse();
        }
    }
}
