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
    private final Inbox inbox;

    SkippedFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.inbox = new Inbox(folder);
    }

    private void scanAMinuteLater(DropFolderPoller node) {
        node.scan();
        inbox.later = inbox.later.plus(A_MINUTE);
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
        DropFolderPoller node = inbox.definition("-a", "*.csv", "0s", "")
                .definition("-b", "Z\u00fcrich*.txt", "0s", "")
                .write("drop/good.csv", DAY)
                .node();
        reasons.keySet().forEach(name -> inbox.write("drop/" + name, DAY));
        node.scan();
        assertThat(inbox.skippedFiles.count())
                .as("a writer may yet rename his file")
                .isZero();
        scanAMinuteLater(node);
        node.scan();

        reasons.forEach((name, reason) ->
                assertThat(inbox.left(VisibleText.name(name))).as(name).contains(reason));
        assertThat(inbox.skippedFiles.count()).isEqualTo(reasons.size());
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("REPORT.CSV: its name differs"))
                .as("once in the log")
                .hasSize(1);
        assertThat(output.getAll()).contains("return.csv⟨U+000D⟩: its name");
        assertThat(inbox.runs("-a")).hasSize(1);
    }

    @Test
    void namesWhatIsNoPlainFile() throws Exception {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("elsewhere/real.csv", DAY)
                .node();
        Files.createDirectories(inbox.file("drop/folder.csv"));
        Files.createDirectories(inbox.file("drop/archive"));
        inbox.write("drop/" + SharedFolders.MARKER, "ours");
        Files.createSymbolicLink(inbox.file("drop/link.csv"), inbox.file("elsewhere/real.csv"));
        Files.createLink(inbox.file("drop/hard.csv"), inbox.file("elsewhere/real.csv"));
        assertThat(new ProcessBuilder("bash", "-c", "mkfifo pipe.csv; printf x > \"$(printf 'caf\\351.csv')\"")
                        .directory(inbox.file("drop").toFile())
                        .start()
                        .waitFor())
                .isZero();
        scanAMinuteLater(node);

        assertThat(inbox.left("folder.csv")).startsWith("it is a folder");
        assertThat(inbox.left("link.csv")).startsWith("it is a symbolic link");
        assertThat(inbox.left("hard.csv")).startsWith("it has a second name (hard link)");
        assertThat(inbox.left("pipe.csv")).startsWith("it is a named pipe");
        assertThat(inbox.skippedFiles.files()).anyMatch(left -> left.reason().startsWith("its name is not UTF-8"));
        assertThat(inbox.skippedFiles.count()).as("and not the archive").isEqualTo(5);
        assertThat(inbox.runs("")).isEmpty();

        Files.delete(inbox.file("elsewhere/real.csv"));
        inbox.runsAfterLooking(node, "", 1);
        assertThat(inbox.left("hard.csv")).as("it has one name now").isNull();
    }

    @Test
    void namesWhatWaitsForTooLong() {
        AtomicBoolean full = new AtomicBoolean(true);
        DropFolderPoller node = inbox.definition("-a", "a*.csv", "0s", "")
                .definition("-b", "b*.csv", "1m", "")
                .write("drop/a.csv", DAY)
                .write("drop/b.csv", DAY)
                .node(full::get);
        scanAMinuteLater(node);
        assertThat(inbox.left("a.csv")).contains("orchestrator.trigger.max-unfinished");
        assertThat(inbox.left("b.csv")).as("it may yet come to rest").isNull();

        inbox.later = inbox.later.plus(A_MINUTE);
        node.scan();
        assertThat(inbox.left("b.csv")).contains("have not changed for 60 s ('settle')");
        full.set(false);
        inbox.runsAfterLooking(node, "-a", 1);
        assertThat(inbox.left("a.csv")).isNull();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void countsMoreThanItNames(CapturedOutput output) {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        IntStream.range(0, 300).forEach(i -> inbox.write("drop/" + i + ".txt", DAY));
        scanAMinuteLater(node);

        assertThat(inbox.skippedFiles.count()).isEqualTo(300);
        assertThat(inbox.skippedFiles.files()).hasSize(100);
        assertThat(output.getAll().lines().filter(line -> line.contains(".txt: no pattern")))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void adoptsNothingThatWasPlantedWhereTakenFilesLie() throws Exception {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        for (String work : new String[] {".processing/", "drop/.processing/"}) {
            Path planted = inbox.plant(work + UUID.randomUUID() + "/file.csv");
            Path withLink = inbox.plant(work + UUID.randomUUID() + "/x.csv");
            Files.delete(withLink.resolve("x.csv"));
            Files.createSymbolicLink(withLink.resolve("x.csv"), secret);
            Path withPipe = inbox.plant(work + UUID.randomUUID() + "/x.csv");
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
                assertThat(inbox.left(String.valueOf(it.getFileName())))
                        .contains("the database does not know it", "It is not scored");
            }
        }
        assertThat(inbox.runs("")).isEmpty();
    }

    @Test
    void doesNotReadALinkThatWasPutInThePlaceOfATakenFile() throws IOException {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        Path taken = inbox.take("", UUID.randomUUID(), "day.csv");
        Files.delete(taken.resolve("day.csv"));
        Files.createSymbolicLink(taken.resolve("day.csv"), secret);
        RunView run = inbox.runsAfterLooking(node, "", 1).getFirst();

        assertThat(run.cause()).contains("day.csv", "is a symbolic link, not a plain file; it is not opened");
        node.scan();
        assertThat(inbox.file("drop/failed/" + run.id() + "-day.csv")).isSymbolicLink();
        assertThat(secret).hasContent("key\n");
    }

    @Test
    void keepsTakenFilesOutOfReachOfProducers() throws IOException {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        inbox.runsAfterLooking(node, "", 1);

        for (Path work : new Path[] {inbox.file(".processing"), inbox.folderOf("day.csv")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work)))
                    .isEqualTo("rwx------");
        }
        assertThat(inbox.file("drop/.processing")).doesNotExist();
    }

    @Test
    void takesNothingThroughAWorkFolderOfSomebodyElse() throws IOException {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(inbox.file(".processing"), elsewhere);
        node.scan();

        assertThat(inbox.runs("")).isEmpty();
        assertThat(inbox.file("drop/day.csv")).exists();
        assertThat(inbox.left("day.csv")).contains(".processing", "a link or a file lies there");
        Files.delete(inbox.file(".processing"));
        inbox.runsAfterLooking(node, "", 1);
    }

    @Test
    void worksInADropFolderThatIsADiskOfItsOwn() throws IOException {
        DropFolderPoller node = inbox.elsewhere("-1").node();
        try (SmallDisk disk = new SmallDisk(inbox.file("drop-1"), 1024 * 1024)) {
            inbox.write("drop-1/day.csv", DAY);
            RunView run = inbox.runsAfterLooking(node, "-1", 1).getFirst();
            assertThat(inbox.files("drop-1/.processing")).hasSize(2);
            assertThat(inbox.files(".processing")).isEmpty();

            inbox.fail(run);
            node.scan();
            assertThat(disk.place().resolve("failed/" + run.id() + "-day.csv")).hasContent(DAY);
        }
    }

    @Test
    void forgetsNothingOfWhichANodeMayNotSeeTheDisk() throws IOException {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        inbox.take("", id, "day.csv");
        Files.move(inbox.file(".processing"), folder.resolve("mounted elsewhere"));
        node.scan();
        assertThat(inbox.runs("")).isEmpty();

        Files.move(folder.resolve("mounted elsewhere"), inbox.file(".processing"));
        inbox.runsAfterLooking(node, "", 1);
    }

    @Test
    void putsAwayTheFilesOfADefinitionThatIsNotThereAnyMore() throws IOException {
        RunView run = inbox.runsAfterLooking(
                        inbox.definition("", "*.csv", "0s", "")
                                .write("drop/day.csv", DAY)
                                .node(),
                        "",
                        1)
                .getFirst();
        inbox.fail(run);
        Files.delete(folder.resolve("definitions/" + inbox.name + ".yaml"));
        inbox.elsewhere("-1").node().scan();

        assertThat(inbox.file("drop/failed/" + run.id() + "-day.csv")).hasContent(DAY);
    }

    @Test
    void putsAwayWhatAnOlderVersionHasTaken() throws IOException {
        DropFolderPoller node = inbox.definition("", "*.csv", "0s", "").node();
        UUID id = UUID.randomUUID();
        inbox.take("", id, "day.csv");
        RunView run = inbox.runsAfterLooking(node, "", 1).getFirst();
        inbox.rows
                .jdbc()
                .sql("UPDATE dropped_file SET path = NULL WHERE id = ?")
                .param(id)
                .update();
        Files.createDirectories(inbox.file("drop/.processing"));
        Files.move(inbox.file(".processing/" + id), inbox.file("drop/.processing/" + id));
        inbox.fail(run);
        node.scan();

        assertThat(inbox.file("drop/failed/" + run.id() + "-day.csv")).hasContent(DAY);
        assertThat(inbox.files("drop/.processing")).isEmpty();
    }
}
