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
    private final DropFolderFixture dropFolderFixture;

    HostileFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.dropFolderFixture = new DropFolderFixture(folder);
    }

    @TestFactory
    Stream<DynamicTest> takesFileNamesWithOddCharacters() {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
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
                    int before = dropFolderFixture.runs("").size();
                    dropFolderFixture.write("drop/" + name, DAY);
                    RunView run = dropFolderFixture
                            .runsAfterLooking(node, "", before + 1)
                            .getFirst();
                    assertThat(dropFolderFixture
                                    .rows
                                    .reader()
                                    .scorings(run.id(), 0, 1)
                                    .getFirst()
                                    .files())
                            .containsEntry("input1", name);
                    dropFolderFixture.fail(run);
                    node.scan();

                    assertThat(dropFolderFixture.files("drop/failed"))
                            .filteredOn(file -> file.startsWith(run.id() + "-") && !file.endsWith(".reason.txt"))
                            .singleElement()
                            .asString()
                            .matches("[0-9]+-[A-Za-z0-9._-]{1,100}");
                    assertThat(dropFolderFixture.files(".processing")).isEmpty();
                }));
    }

    @Test
    void leavesFilesWhoseNamesAreNotUtf8() throws Exception {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        run("printf 'text\\na\\n' > \"$(printf 'caf\\351.csv')\"", dropFolderFixture.file("drop"));

        dropFolderFixture.runsAfterLooking(node, "", 1);
        node.scan();
        assertThat(dropFolderFixture.runs("")).hasSize(1);
        try (Stream<Path> left = Files.list(dropFolderFixture.file("drop"))) {
            assertThat(left.filter(Files::isRegularFile)).as("nothing is lost").hasSize(1);
        }
    }

    @Test
    void readsNoDevicesAndNamedPipes() throws Exception {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        run("mknod device.csv c 1 5 || mkfifo device.csv", dropFolderFixture.file("drop"));
        run("mkfifo pipe.csv", dropFolderFixture.file("drop"));

        dropFolderFixture.runsAfterLooking(node, "", 1);
        assertThat(dropFolderFixture.file("drop/device.csv")).exists();
        assertThat(dropFolderFixture.file("drop/pipe.csv")).exists();
    }

    @Test
    void makesANewRunOfEachFileThatComesAgain() {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        dropFolderFixture.runsAfterLooking(node, "", 1);
        dropFolderFixture.write("drop/day.csv", DAY + "b\n");
        dropFolderFixture.runsAfterLooking(node, "", 2);
        dropFolderFixture.write("drop/again.csv", DAY);

        assertThat(dropFolderFixture.runsAfterLooking(node, "", 3))
                .as("each is a run, of its own content")
                .extracting(run -> dropFolderFixture
                        .rows
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
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        IntStream.range(0, many).forEach(i -> dropFolderFixture.write("elsewhere/" + i + ".csv", DAY));
        Files.move(dropFolderFixture.file("elsewhere"), dropFolderFixture.file("drop"));
        node.scan();
        node.scan();

        try (Stream<Path> left = Files.list(dropFolderFixture.file("drop"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(dropFolderFixture.files(".processing")).hasSize(2 * many);
        assertThat(dropFolderFixture.count("")).isEqualTo(many);
    }

    @Test
    void waitsWhileTheDropFolderIsReadOnly() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.elsewhere("-1").elsewhere("-2").node();
        try (SmallDisk disk = new SmallDisk(dropFolderFixture.file("drop-1"), 1024 * 1024)) {
            dropFolderFixture.write("drop-1/one.csv", DAY).write("drop-2/two.csv", DAY);
            disk.readOnly(true);
            dropFolderFixture.runsAfterLooking(node, "-2", 1);
            assertThat(dropFolderFixture.runs("-1")).isEmpty();

            disk.readOnly(false);
            dropFolderFixture.runsAfterLooking(node, "-1", 1);
        }
    }

    @Test
    void goesOnWhenTheDropFolderComesBack() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.elsewhere("-1").write("drop-1/one.csv", DAY).node();
        dropFolderFixture.runsAfterLooking(node, "-1", 1);
        Files.move(dropFolderFixture.file("drop-1"), folder.resolve("away"));
        node.scan();
        Files.delete(dropFolderFixture.file("drop-1"));
        Files.move(folder.resolve("away"), dropFolderFixture.file("drop-1"));
        dropFolderFixture.write("drop-1/two.csv", DAY);

        dropFolderFixture.runsAfterLooking(node, "-1", 2);
    }

    private static void run(String script, Path where) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(where.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
