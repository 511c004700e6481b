package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles.ChangedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Files whose writer goes on after they were taken: what is archived is what was scored. */
class ChangedFilesTests {
    private static final String DAY = "text\na\n";

    private final Path folder;
    private final DropFolderFixture dropFolderFixture;
    private final ChangedFiles changed =
            new ChangedFiles(DatabaseFixture.shared().jdbc());

    ChangedFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.dropFolderFixture = new DropFolderFixture(folder);
    }

    private interface Harm {
        void befall(Path file) throws IOException;
    }

    private RunView finished(DropFolderPoller node, Harm harm) throws IOException {
        RunView run = dropFolderFixture.runsAfterLooking(node, "", 1).getFirst();
        dropFolderFixture.finish(run, () -> {
            try {
                harm.befall(dropFolderFixture.folderOf("day.csv").resolve("day.csv"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return run;
    }

    private void ends(Harm harm, Consumer<Path> lies, String place) throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        RunView run = finished(node, harm);
        node.scan();
        node.scan();

        Path file = dropFolderFixture.file("drop/" + place + "/" + run.id() + "-day.csv");
        lies.accept(file);
        assertThat(dropFolderFixture.files("drop"))
                .filteredOn(name -> !name.endsWith(".reason.txt"))
                .containsExactly(place + "/", place + "/" + run.id() + "-day.csv");
        assertThat(dropFolderFixture.files(".processing")).isEmpty();
        assertThat(changed.of(run.id()))
                .hasSize(place.equals("changed") ? 1 : 0)
                .allMatch(it -> it.path().equals(file.toString())
                        && !it.scoredAgain()
                        && it.name().equals("day.csv"));
    }

    @Test
    void areArchivedIfTheyAreWhatWasScored() throws IOException {
        ends(
                file -> Files.setLastModifiedTime(file, FileTime.fromMillis(1)),
                it -> assertThat(it).hasContent(DAY),
                "archive");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void arePutApartIfTheirWriterWentOn(CapturedOutput output) throws IOException {
        ends(
                file -> Files.writeString(file, "b\nc\n", StandardOpenOption.APPEND),
                it -> assertThat(it).hasContent(DAY + "b\nc\n"),
                "changed");
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("Dropped file 'day.csv' was changed after run"))
                .as("once")
                .hasSize(1);
    }

    @Test
    void arePutApartIfTheyWereChangedInPlace() throws IOException {
        ends(
                file -> {
                    FileTime before = Files.getLastModifiedTime(file);
                    Files.writeString(file, "text\nb\n");
                    Files.setLastModifiedTime(file, before);
                },
                it -> assertThat(it).hasContent("text\nb\n"),
                "changed");
    }

    @Test
    void arePutApartIfSomebodyPutALinkInTheirPlace() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "key");
        ends(
                file -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, secret);
                },
                it -> assertThat(it).isSymbolicLink(),
                "changed");
        assertThat(secret).hasContent("key");
    }

    @Test
    void areScoredAgainWhereTheirDefinitionSaysSo() throws IOException {
        DropFolderPoller node =
                dropFolderFixture.scoringAgain("").write("drop/day.csv", DAY).node();
        RunView first = finished(node, file -> Files.writeString(file, "b\n", StandardOpenOption.APPEND));
        List<RunView> runs = dropFolderFixture.runsAfterLooking(node, "", 2);
        dropFolderFixture.finish(runs.getFirst(), () -> {});
        node.scan();

        assertThat(dropFolderFixture.files("drop"))
                .as("one file, and it is what the second run has scored")
                .containsExactly("archive/", "archive/" + runs.getFirst().id() + "-day.csv");
        assertThat(dropFolderFixture.file("drop/archive/" + runs.getFirst().id() + "-day.csv"))
                .hasContent(DAY + "b\n");
        assertThat(changed.of(first.id())).singleElement().matches(ChangedFile::scoredAgain);
        node.scan();
        assertThat(dropFolderFixture.runs("")).hasSize(2);
    }

    @Test
    void neverReplaceWhatIsArchivedAlready() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        RunView run = finished(node, file -> {});
        String name = run.id() + "-day.csv";
        dropFolderFixture.write("drop/archive/" + name, "of a run of this number, before the database was made anew");
        node.scan();

        assertThat(dropFolderFixture.file("drop/archive/" + name))
                .hasContent("of a run of this number, before the database was made anew");
        assertThat(dropFolderFixture.file("drop/archive/" + run.id() + "-day-2.csv"))
                .hasContent(DAY);
        assertThat(DatabaseFixture.shared()
                        .jdbc()
                        .sql("SELECT path FROM dropped_file WHERE run_id = ?")
                        .param(run.id())
                        .query(String.class)
                        .single())
                .endsWith("archive/" + run.id() + "-day-2.csv");
    }

    @Test
    void areNotPutInAFolderThatIsALink() throws IOException {
        DropFolderPoller node = dropFolderFixture
                .definition("", "*.csv", "0s", "")
                .write("drop/day.csv", DAY)
                .node();
        finished(node, file -> {});
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(dropFolderFixture.file("drop/archive"), elsewhere);
        node.scan();

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(dropFolderFixture.left("day.csv"))
                .contains("drop/archive", "a link or a file lies there; move it away");
        Files.delete(dropFolderFixture.file("drop/archive"));
        node.scan();
        assertThat(dropFolderFixture.files("drop/archive")).hasSize(1);
    }
}
