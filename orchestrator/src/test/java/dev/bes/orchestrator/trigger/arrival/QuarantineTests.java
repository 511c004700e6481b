package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are kept apart: the reason beside them, and the way back. */
class QuarantineTests {
    private static final String DAY = "text\na\n";

    private final Path folder;
    private final DropFolderFixture drop;
    private final QuarantinedFiles quarantined;

    QuarantineTests(@TempDir Path folder) {
        this.folder = folder;
        this.drop = new DropFolderFixture(folder);
        this.quarantined = QuarantinedFilesSetup.of(drop.rows.jdbc());
    }

    private FileRecord failed(DropFolderPoller node) {
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        drop.fail(run);
        node.scan();
        return drop.ledger("day.csv").getFirst();
    }

    @Test
    void saysBesideAFileWhyItIsThereAndInTheLedger() {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/day.csv", DAY).node();
        FileRecord file = failed(node);

        assertThat(file.state()).isEqualTo(FileState.QUARANTINED);
        assertThat(file.reason()).isEqualTo("run " + file.run() + " has failed: it broke");
        assertThat(drop.file("drop/failed/" + file.run() + "-day.csv.reason.txt"))
                .content()
                .startsWith(file.reason() + "\n")
                .contains("Retry");
    }

    @Test
    void scoresAFileAgainThatWasPutBack() {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/day.csv", DAY).node();
        FileRecord file = failed(node);

        assertThat(quarantined.retry(file, Actor.user("alice"))).isTrue();
        assertThat(drop.files("drop")).containsExactly("day.csv", "failed/");
        assertThat(quarantined.retry(file, Actor.user("bob")))
                .as("somebody was faster")
                .isFalse();
        drop.runsAfterLooking(node, "", 2);
        assertThat(drop.ledger("day.csv"))
                .extracting(FileRecord::state)
                .containsExactly(FileState.CLAIMED, FileState.RETRIED);
        assertThat(drop.rows
                        .jdbc()
                        .sql("SELECT actor FROM audit WHERE object = ?")
                        .param("file " + file.id())
                        .query(String.class)
                        .list())
                .containsExactly("user:alice");
    }

    @Test
    void putsAFileBackBesideANewerOneOfThatName() {
        FileRecord file = failed(
                drop.options("duplicates: once").write("drop/day.csv", DAY).node());
        drop.write("drop/day.csv", "text\nnewer\n");

        assertThat(quarantined.retry(file, Actor.user("alice"))).isTrue();
        assertThat(drop.file("drop/day.csv")).hasContent("text\nnewer\n");
        assertThat(drop.file("drop/day-2.csv")).hasContent(DAY);
    }

    @Test
    void followsNoLinkThatWasPutWhereTheReasonGoes() throws IOException {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/day.csv", DAY).node();
        RunView run = drop.runsAfterLooking(node, "", 1).getFirst();
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        Files.createDirectories(drop.file("drop/failed"));
        Files.createSymbolicLink(drop.file("drop/failed/" + run.id() + "-day.csv.reason.txt"), secret);
        drop.fail(run);
        node.scan();

        assertThat(secret).hasContent("key\n");
        assertThat(drop.ledger("day.csv")).extracting(FileRecord::state).containsExactly(FileState.QUARANTINED);
    }

    @Test
    void putsNothingBackThatIsNotInQuarantine() {
        DropFolderPoller node =
                drop.options("duplicates: once").write("drop/day.csv", DAY).node();
        node.scan();

        assertThat(quarantined.retry(drop.ledger("day.csv").getFirst(), Actor.user("alice")))
                .isFalse();
        assertThat(drop.runs("")).hasSize(1);
    }
}
