package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.query.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is wrong with one file or folder is nobody else's trouble. */
class FileTroubleTests {
    private static final String DAY = "text\na\n";

    private final Inbox inbox;

    FileTroubleTests(@TempDir Path folder) {
        this.inbox = new Inbox(folder);
    }

    @Test
    void goesOnWithTheOtherFoldersWhenOneCannotBeWrittenDown() {
        DropFolderPoller node = inbox.elsewhere("-1")
                .elsewhere("-2")
                .write("drop-1/one.csv", DAY)
                .write("drop-2/two.csv", DAY)
                .node();
        withoutRows("definition = '" + inbox.name + "-1'", () -> {
            inbox.runsAfterLooking(node, "-2", 1);
            assertThat(inbox.runs("-1")).isEmpty();
        });
    }

    @Test
    void goesOnWithTheOtherFilesWhenOneCannotBeWrittenDown() throws IOException {
        String bad = UUID.randomUUID() + ".csv";
        String orphan = UUID.randomUUID() + ".csv";
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/" + bad, DAY)
                .write("drop/good.csv", DAY)
                .node();
        inbox.take("", UUID.randomUUID(), orphan);
        inbox.take("", UUID.randomUUID(), "good-orphan.csv");
        withoutRows(
                "name IN ('%s', '%s') AND location = 'processing'".formatted(bad, orphan),
                () -> inbox.runsAfterLooking(node, "", 2));

        Database.shared()
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = taken_at - interval '31 s' WHERE name = ?")
                .param(bad)
                .update();
        assertThat(inbox.runsAfterLooking(node, "", 4)).as("nothing is lost").hasSize(4);
    }

    /** Does something while no row of this kind can be written. */
    private static void withoutRows(String kind, Runnable meanwhile) {
        JdbcClient jdbc = Database.shared().jdbc();
        jdbc.sql("ALTER TABLE dropped_file ADD CONSTRAINT broken CHECK (NOT (%s)) NOT VALID".formatted(kind))
                .update();
        try {
            meanwhile.run();
        } finally {
            jdbc.sql("ALTER TABLE dropped_file DROP CONSTRAINT broken").update();
        }
    }

    @Test
    void putsTheOtherFilesAsideWhenSomebodyTookOneAway() throws IOException {
        DropFolderPoller node =
                inbox.definition("", "*.csv", "0s", "").write("drop/a.csv", DAY).node();
        RunView first = inbox.runsAfterLooking(node, "", 1).getFirst();
        inbox.write("drop/b.csv", DAY);
        RunView second = inbox.runsAfterLooking(node, "", 2).getFirst();
        Files.delete(inbox.folderOf("a.csv").resolve("a.csv"));
        inbox.fail(first);
        inbox.fail(second);
        node.scan();

        assertThat(inbox.files("drop/failed")).containsExactly(second.id() + "-b.csv");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void complainsOnceWhileATroubleLasts(CapturedOutput output) throws IOException {
        DropFolderPoller node = inbox.elsewhere("-1").node();
        Files.createDirectories(inbox.file("."));
        Files.createFile(inbox.file("drop-1"));
        node.scan();
        node.scan();
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("drop-1"))
                .hasSize(1);
        Files.delete(inbox.file("drop-1"));
        node.scan();
        Files.delete(inbox.file("drop-1"));
        Files.createFile(inbox.file("drop-1"));
        node.scan();

        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("drop-1"))
                .as("it is a new one")
                .hasSize(2);
    }
}
