package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.SmallDisk;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever lies in a drop folder and is not taken is named with its reason; whatever is planted where taken files lie is not taken. */
class SkippedFilesTests {
    private static final String DAY = "text\na\n";
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Path folder;
    private final DropFolderFixture dropFolderFixture;

    SkippedFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.dropFolderFixture = new DropFolderFixture(folder);
    }

    private void scanAMinuteLater(DropFolderPoller node) {
        node.scan();
        dropFolderFixture.later = dropFolderFixture.later.plus(A_MINUTE);
        node.scan();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void namesWhatNoPatternMatchesByWhatItDiffersIn(CapturedOutput output) {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("REPORT.CSV", "upper and lower case only: rename it, or change the pattern to '*.[cC][sS][vV]'");
        reasons.put("blank.csv ", "its name ends with a blank: rename it");
        reasons.put("return.csv\r", "its name contains invisible characters, U+000D (carriage return)");
        reasons.put("zero\u200b.csv\u200b", "its name contains invisible characters, U+200B");
        reasons.put("Zu\u0308rich.txt", "Unicode NFC and NFD");
        reasons.put("notes.doc", "no pattern matches its name: '*.csv', 'Z\u00fcrich*.txt'");
        reasons.put(".hidden.csv", "its name starts with a dot");
        DropFolderPoller node = dropFolderFixture
                .definition("-a", "*.csv", "0s", "")
                .definition("-b", "Z\u00fcrich*.txt", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        reasons.keySet().forEach(name -> dropFolderFixture.write("drop/" + name, DAY));
        node.scan();
        assertThat(dropFolderFixture.skippedFiles.count())
                .as("a writer may yet rename his file")
                .isZero();
        scanAMinuteLater(node);
        node.scan();

        reasons.forEach((name, reason) -> assertThat(dropFolderFixture.left(VisibleText.name(name)))
                .as(name)
                .contains(reason));
        assertThat(dropFolderFixture.skippedFiles.count()).isEqualTo(reasons.size());
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("REPORT.CSV: its name differs"))
                .as("once in the log")
                .hasSize(1);
        assertThat(output.getAll()).contains("return.csv⟨U+000D⟩: its name");
        assertThat(dropFolderFixture.runs("-a")).hasSize(1);
    }

    @Test
    void namesWhatIsNoPlainFile() throws Exception {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("elsewhere/real.csv", DAY)
                .node();
        Files.createDirectories(dropFolderFixture.file("drop/folder.csv"));
        Files.createDirectories(dropFolderFixture.file("drop/archive"));
        dropFolderFixture.write("drop/" + SharedFolders.MARKER, "ours");
        Files.createSymbolicLink(dropFolderFixture.file("drop/link.csv"), dropFolderFixture.file("elsewhere/real.csv"));
        Files.createLink(dropFolderFixture.file("drop/hard.csv"), dropFolderFixture.file("elsewhere/real.csv"));
        assertThat(new ProcessBuilder("bash", "-c", "mkfifo pipe.csv; printf x > \"$(printf 'caf\\351.csv')\"")
                        .directory(dropFolderFixture.file("drop").toFile())
                        .start()
                        .waitFor())
                .isZero();
        scanAMinuteLater(node);

        assertThat(dropFolderFixture.left("folder.csv")).startsWith("it is a folder");
        assertThat(dropFolderFixture.left("link.csv")).startsWith("it is a symbolic link");
        assertThat(dropFolderFixture.left("hard.csv")).startsWith("it has a second name (hard link)");
        assertThat(dropFolderFixture.left("pipe.csv")).startsWith("it is a named pipe");
        assertThat(dropFolderFixture.skippedFiles.files())
                .anyMatch(left -> left.reason().startsWith("its name is not UTF-8"));
        assertThat(dropFolderFixture.skippedFiles.count())
                .as("and not the archive")
                .isEqualTo(5);
        assertThat(dropFolderFixture.runs("")).isEmpty();

        Files.delete(dropFolderFixture.file("elsewhere/real.csv"));
        dropFolderFixture.runsAfterLooking(node, "", 1);
        assertThat(dropFolderFixture.left("hard.csv")).as("it has one name now").isNull();
    }

    @Test
    void namesWhatWaitsForTooLong() {
        AtomicBoolean full = new AtomicBoolean(true);
        DropFolderPoller node = dropFolderFixture
                .definition("-a", "a*.csv", "0s", "")
                .definition("-b", "b*.csv", "1m", "")
                .write("drop/a.csv", DAY)
                .write("drop/b.csv", DAY)
                .node(full::get);
        scanAMinuteLater(node);
        assertThat(dropFolderFixture.left("a.csv")).contains("orchestrator.trigger.max-unfinished");
        assertThat(dropFolderFixture.left("b.csv"))
                .as("it may yet come to rest")
                .isNull();

        dropFolderFixture.later = dropFolderFixture.later.plus(A_MINUTE);
        node.scan();
        assertThat(dropFolderFixture.left("b.csv")).contains("have not changed for 60 s ('settle')");
        full.set(false);
        dropFolderFixture.runsAfterLooking(node, "-a", 1);
        assertThat(dropFolderFixture.left("a.csv")).isNull();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void countsMoreThanItNames(CapturedOutput output) {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        IntStream.range(0, 300).forEach(i -> dropFolderFixture.write("drop/" + i + ".txt", DAY));
        scanAMinuteLater(node);

        assertThat(dropFolderFixture.skippedFiles.count()).isEqualTo(300);
        assertThat(dropFolderFixture.skippedFiles.files()).hasSize(100);
        assertThat(output.getAll().lines().filter(line -> line.contains(".txt: no pattern")))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void adoptsNothingThatWasPlantedWhereTakenFilesLie() throws Exception {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        for (String work : new String[] {".processing/", "drop/.processing/"}) {
            Path planted = dropFolderFixture.plant(work + UUID.randomUUID() + "/file.csv");
            Path withLink = dropFolderFixture.plant(work + UUID.randomUUID() + "/x.csv");
            Files.delete(withLink.resolve("x.csv"));
            Files.createSymbolicLink(withLink.resolve("x.csv"), secret);
            Path withPipe = dropFolderFixture.plant(work + UUID.randomUUID() + "/x.csv");
            Files.delete(withPipe.resolve("x.csv"));
            assertThat(new ProcessBuilder("mkfifo", withPipe.resolve("x.csv").toString())
                            .start()
                            .waitFor())
                    .isZero();
            for (Path it : new Path[] {planted, withLink, withPipe}) {
                Files.setLastModifiedTime(it, FileTime.fromMillis(1));
            }
            scanAMinuteLater(node);

            for (Path it : new Path[] {planted, withLink, withPipe}) {
                assertThat(it).as("is left alone").isNotEmptyDirectory();
                assertThat(dropFolderFixture.left(String.valueOf(it.getFileName())))
                        .contains("the database does not know it", "It is not scored");
            }
        }
        assertThat(dropFolderFixture.runs("")).isEmpty();
    }

    @Test
    void doesNotReadALinkThatWasPutInThePlaceOfATakenFile() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        Path taken = dropFolderFixture.take("", UUID.randomUUID(), "day.csv");
        Files.delete(taken.resolve("day.csv"));
        Files.createSymbolicLink(taken.resolve("day.csv"), secret);
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();

        assertThat(run.cause()).contains("day.csv", "is a symbolic link, not a plain file; it is not opened");
        node.scan();
        assertThat(dropFolderFixture.file("drop/failed/" + run.id() + "-day.csv"))
                .isSymbolicLink();
        assertThat(secret).hasContent("key\n");
    }

    @Test
    void keepsTakenFilesOutOfReachOfProducers() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        dropFolderFixture.runsAfterLooking(node, "", 1);

        for (Path work : new Path[] {dropFolderFixture.file(".processing"), dropFolderFixture.folderOf("day.csv")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work)))
                    .isEqualTo("rwx------");
        }
        assertThat(dropFolderFixture.file("drop/.processing")).doesNotExist();
    }

    @Test
    void takesNothingThroughAWorkFolderOfSomebodyElse() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(dropFolderFixture.file(".processing"), elsewhere);
        node.scan();

        assertThat(dropFolderFixture.runs("")).isEmpty();
        assertThat(dropFolderFixture.file("drop/day.csv")).exists();
        assertThat(dropFolderFixture.left("day.csv")).contains(".processing", "a link or a file lies there");
        Files.delete(dropFolderFixture.file(".processing"));
        dropFolderFixture.runsAfterLooking(node, "", 1);
    }

    @Test
    void worksInADropFolderThatIsADiskOfItsOwn() throws IOException {
        DropFolderPoller node = dropFolderFixture.elsewhere("-1").node();
        try (SmallDisk disk = new SmallDisk(dropFolderFixture.file("drop-1"), 1024 * 1024)) {
            dropFolderFixture.write("drop-1/day.csv", DAY);
            RunView run = dropFolderFixture.runsAfterLooking(node, "-1", 1).getFirst();
            assertThat(dropFolderFixture.files("drop-1/.processing")).hasSize(2);
            assertThat(dropFolderFixture.files(".processing")).isEmpty();

            dropFolderFixture.fail(run);
            node.scan();
            assertThat(disk.place().resolve("failed/" + run.id() + "-day.csv")).hasContent(DAY);
        }
    }

    @Test
    void forgetsNothingOfWhichANodeMayNotSeeTheDisk() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        dropFolderFixture.take("", id, "day.csv");
        Files.move(dropFolderFixture.file(".processing"), folder.resolve("mounted elsewhere"));
        node.scan();
        assertThat(dropFolderFixture.runs("")).isEmpty();

        Files.move(folder.resolve("mounted elsewhere"), dropFolderFixture.file(".processing"));
        dropFolderFixture.runsAfterLooking(node, "", 1);
    }

    @Test
    void putsAwayTheFilesOfADefinitionThatIsNotThereAnyMore() throws IOException {
        RunView run = dropFolderFixture
                .runsAfterLooking(
                        dropFolderFixture
                                .definition("", "*.csv", "0s", "")
                                .write("drop/day.csv", DAY)
                                .node(),
                        "",
                        1)
                .getFirst();
        dropFolderFixture.fail(run);
        Files.delete(folder.resolve("definitions/" + dropFolderFixture.name + ".yaml"));
        dropFolderFixture.elsewhere("-1").node().scan();

        assertThat(dropFolderFixture.file("drop/failed/" + run.id() + "-day.csv"))
                .hasContent(DAY);
    }

    @Test
    void putsAwayWhatAnOlderVersionHasTaken() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        dropFolderFixture.take("", id, "day.csv");
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();
        dropFolderFixture
                .rows
                .jdbc()
                .sql("UPDATE dropped_file SET path = NULL WHERE id = ?")
                .param(id)
                .update();
        Files.createDirectories(dropFolderFixture.file("drop/.processing"));
        Files.move(dropFolderFixture.file(".processing/" + id), dropFolderFixture.file("drop/.processing/" + id));
        dropFolderFixture.fail(run);
        node.scan();

        assertThat(dropFolderFixture.file("drop/failed/" + run.id() + "-day.csv"))
                .hasContent(DAY);
        assertThat(dropFolderFixture.files("drop/.processing")).isEmpty();
    }
}
