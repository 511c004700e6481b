package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
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

    private final DropFolderFixture dropFolderFixture;

    FileTroubleTests(@TempDir Path folder) {
        this.dropFolderFixture = new DropFolderFixture(folder);
    }

    @Test
    void goesOnWithTheOtherFoldersWhenOneCannotBeWrittenDown() {
        DropFolderPoller node = dropFolderFixture
                .elsewhere("-1")
                .elsewhere("-2")
                .write("drop-1/one.csv", DAY)
                .write("drop-2/two.csv", DAY)
                .node();
        withoutRows("definition = '" + dropFolderFixture.name + "-1'", () -> {
            dropFolderFixture.runsAfterLooking(node, "-2", 1);
            assertThat(dropFolderFixture.runs("-1")).isEmpty();
        });
    }

    @Test
    void goesOnWithTheOtherFilesWhenOneCannotBeWrittenDown() throws IOException {
        String bad = UUID.randomUUID() + ".csv";
        String orphan = UUID.randomUUID() + ".csv";
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/" + bad, DAY)
                .write("drop/good.csv", DAY)
                .node();
        dropFolderFixture.take("", UUID.randomUUID(), orphan);
        dropFolderFixture.take("", UUID.randomUUID(), "good-orphan.csv");
        withoutRows(
                "name IN ('%s', '%s') AND location = 'processing'".formatted(bad, orphan),
                () -> dropFolderFixture.runsAfterLooking(node, "", 2));

        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = taken_at - interval '31 s' WHERE name = ?")
                .param(bad)
                .update();
        assertThat(dropFolderFixture.runsAfterLooking(node, "", 4))
                .as("nothing is lost")
                .hasSize(4);
    }

    /** Does something while no row of this kind can be written. */
    private static void withoutRows(String kind, Runnable meanwhile) {
        JdbcClient jdbc = DatabaseFixture.shared().jdbc();
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
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/a.csv", DAY)
                .node();
        RunView first = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();
        dropFolderFixture.write("drop/b.csv", DAY);
        RunView second = dropFolderFixture.runsAfterLooking(node, "", 2).getFirst();
        Files.delete(dropFolderFixture.folderOf("a.csv").resolve("a.csv"));
        dropFolderFixture.fail(first);
        dropFolderFixture.fail(second);
        node.scan();

        assertThat(dropFolderFixture.files("drop/failed"))
                .containsExactly(second.id() + "-b.csv", second.id() + "-b.csv.reason.txt");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void complainsOnceWhileATroubleLasts(CapturedOutput output) throws IOException {
        DropFolderPoller node = dropFolderFixture.elsewhere("-1").node();
        Files.createDirectories(dropFolderFixture.file("."));
        Files.createFile(dropFolderFixture.file("drop-1"));
        node.scan();
        node.scan();
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("drop-1"))
                .hasSize(1);
        Files.delete(dropFolderFixture.file("drop-1"));
        node.scan();
        Files.delete(dropFolderFixture.file("drop-1"));
        Files.createFile(dropFolderFixture.file("drop-1"));
        node.scan();

        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("drop-1"))
                .as("it is a new one")
                .hasSize(2);
    }
}
