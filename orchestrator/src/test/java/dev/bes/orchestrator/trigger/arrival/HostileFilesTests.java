package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.SmallDisk;
import dev.bes.orchestrator.run.query.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a drop folder, and whatever it is called. */
class HostileFilesTests {
    private static final String DAY = "text\na\n";

    private final Path folder;
    private final Inbox inbox;

    HostileFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.inbox = new Inbox(folder);
    }

    @TestFactory
    Stream<DynamicTest> takesFileNamesWithOddCharacters() {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        List<String> names = List.of(
                "a..%2f..%2fetc.csv",
                "-rf.csv",
                "two\nlines.csv",
                "bell\u0007\u001b[31m.csv",
                "\u202evsc.exe.csv",
                "CON.csv",
                "<script>alert(1)<\u2215script>.csv",
                "\ud83d\udc26 & 'quotes' \"too\".csv",
                "$(reboot);`id`|x.csv",
                " .csv",
                "x".repeat(251) + ".csv");
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    int before = inbox.runs("").size();
                    inbox.write("drop/" + name, DAY);
                    RunView run = inbox.runsAfterLooking(node, "", before + 1).getFirst();
                    assertThat(inbox.rows
                                    .reader()
                                    .scorings(run.id(), 0, 1)
                                    .getFirst()
                                    .files())
                            .containsEntry("input1", name);
                    inbox.fail(run);
                    node.scan();

                    assertThat(inbox.files("drop/failed"))
                            .filteredOn(file -> file.startsWith(run.id() + "-"))
                            .singleElement()
                            .asString()
                            .matches("[0-9]+-[A-Za-z0-9._-]{1,100}");
                    assertThat(inbox.files(".processing")).isEmpty();
                }));
    }

    @Test
    void leavesFilesWhoseNamesAreNotUtf8() throws Exception {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        run("printf 'text\\na\\n' > \"$(printf 'caf\\351.csv')\"", inbox.file("drop"));

        inbox.runsAfterLooking(node, "", 1);
        node.scan();
        assertThat(inbox.runs("")).hasSize(1);
        try (Stream<Path> left = Files.list(inbox.file("drop"))) {
            assertThat(left.filter(Files::isRegularFile)).as("nothing is lost").hasSize(1);
        }
    }

    @Test
    void readsNoDevicesAndNamedPipes() throws Exception {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        run("mknod device.csv c 1 5 || mkfifo device.csv", inbox.file("drop"));
        run("mkfifo pipe.csv", inbox.file("drop"));

        inbox.runsAfterLooking(node, "", 1);
        assertThat(inbox.file("drop/device.csv")).exists();
        assertThat(inbox.file("drop/pipe.csv")).exists();
    }

    @Test
    void makesANewRunOfEachFileThatComesAgain() {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        inbox.runsAfterLooking(node, "", 1);
        inbox.write("drop/day.csv", DAY + "b\n");
        inbox.runsAfterLooking(node, "", 2);
        inbox.write("drop/again.csv", DAY);

        assertThat(inbox.runsAfterLooking(node, "", 3))
                .as("each is a run, of its own content")
                .extracting(run -> inbox.rows
                        .reader()
                        .scorings(run.id(), 0, 1)
                        .getFirst()
                        .files()
                        .get("input1"))
                .containsExactly("again.csv", "day.csv", "day.csv");
    }

    @Test
    void takesHundredsOfFilesAtOnce() throws IOException {
        int many = 500;
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        IntStream.range(0, many).forEach(i -> inbox.write("elsewhere/" + i + ".csv", DAY));
        Files.move(inbox.file("elsewhere"), inbox.file("drop"));
        node.scan();
        node.scan();

        try (Stream<Path> left = Files.list(inbox.file("drop"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(inbox.files(".processing")).hasSize(2 * many);
        assertThat(inbox.count("")).isEqualTo(many);
    }

    @Test
    void waitsWhileTheDropFolderIsReadOnly() throws IOException {
        DropFolderPoller node = inbox.elsewhere("-1").elsewhere("-2").node();
        try (SmallDisk disk = new SmallDisk(inbox.file("drop-1"), 1024 * 1024)) {
            inbox.write("drop-1/one.csv", DAY).write("drop-2/two.csv", DAY);
            disk.readOnly(true);
            inbox.runsAfterLooking(node, "-2", 1);
            assertThat(inbox.runs("-1")).isEmpty();

            disk.readOnly(false);
            inbox.runsAfterLooking(node, "-1", 1);
        }
    }

    @Test
    void goesOnWhenTheDropFolderComesBack() throws IOException {
        DropFolderPoller node =
                inbox.elsewhere("-1").write("drop-1/one.csv", DAY).node();
        inbox.runsAfterLooking(node, "-1", 1);
        Files.move(inbox.file("drop-1"), folder.resolve("away"));
        node.scan();
        Files.delete(inbox.file("drop-1"));
        Files.move(folder.resolve("away"), inbox.file("drop-1"));
        inbox.write("drop-1/two.csv", DAY);

        inbox.runsAfterLooking(node, "-1", 2);
    }

    private static void run(String script, Path where) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(where.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
