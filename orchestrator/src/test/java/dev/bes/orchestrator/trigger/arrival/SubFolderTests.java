package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.files.FolderHandles;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in folders below a drop folder ({@code recursive: true}). */
class SubFolderTests {
    private static final String DAY = "text\na\n";
    private static final String RECURSIVE = "recursive: true";

    private final Path folder;
    private final DropFolderFixture drop;

    SubFolderTests(@TempDir Path folder) {
        this.folder = folder;
        this.drop = new DropFolderFixture(folder);
    }

    private FileRecord only(String name) {
        List<FileRecord> rows = drop.ledger(name);
        assertThat(rows).as(name).hasSize(1);
        return rows.getFirst();
    }

    private List<String> inputs() {
        return drop.runs("").stream()
                .map(run -> drop.rows
                        .reader()
                        .scorings(run.id(), 0, 1)
                        .getFirst()
                        .files()
                        .get("input1"))
                .sorted()
                .toList();
    }

    @Test
    void takesFilesOfAllFoldersAndArchivesThemInTheSame() throws IOException {
        DropFolderPoller node = drop.options(RECURSIVE)
                .write("drop/day.csv", DAY)
                .write("drop/eu/day.csv", DAY)
                .write("drop/eu/de/day.csv", DAY)
                .write("drop/us/notes.txt", DAY)
                .node();
        node.scan();
        node.scan();

        assertThat(inputs()).containsExactly("day.csv", "day.csv", "day.csv");
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.CLAIMED)
                .extracting(FileRecord::name)
                .containsExactlyInAnyOrder("day.csv", "eu/day.csv", "eu/de/day.csv");
        assertThat(only("us/notes.txt").reason()).contains("no pattern matches");

        long run = only("eu/de/day.csv").run();
        for (RunView one : drop.runs("")) {
            if (one.id() == run) {
                drop.finish(one, () -> {});
            } else {
                drop.fail(one);
            }
        }
        node.scan();
        assertThat(drop.files("drop")).contains("archive/eu/de/" + run + "-day.csv", "eu/de/");
        assertThat(only("eu/de/day.csv").state()).isEqualTo(FileState.ARCHIVED);
        assertThat(only("eu/day.csv").path())
                .endsWith("drop/failed/eu/" + only("eu/day.csv").run() + "-day.csv");
        node.scan();
        assertThat(drop.runs(""))
                .as("nothing that was put away is scored again")
                .hasSize(3);
    }

    @Test
    void putsAFileBackIntoItsFolder() throws IOException {
        DropFolderPoller node =
                drop.options(RECURSIVE).write("drop/eu/day.csv", DAY).node();
        drop.fail(drop.runsAfterLooking(node, "", 1).getFirst());
        node.scan();
        Files.delete(drop.file("drop/eu"));
        QuarantinedFiles quarantined = QuarantinedFilesSetup.of(drop.rows.jdbc());

        assertThat(quarantined.retry(only("eu/day.csv"), Actor.user("alice"))).isTrue();
        assertThat(drop.file("drop/eu/day.csv")).hasContent(DAY);
        drop.runsAfterLooking(node, "", 2);
    }

    @Test
    void leavesFilesWhereTheyAreIfWanted() throws IOException {
        DropFolderPoller node = drop.options(RECURSIVE + ", after: leave")
                .write("drop/eu/day.csv", DAY)
                .write("drop/us/day.csv", DAY)
                .node();
        node.scan();
        node.scan();
        for (RunView run : drop.runs("")) {
            drop.finish(run, () -> {});
        }
        node.scan();
        drop.node().scan();

        assertThat(drop.runs("")).hasSize(2);
        assertThat(drop.files("drop")).containsExactly("eu/", "eu/day.csv", "us/", "us/day.csv");
        assertThat(drop.ledger()).extracting(FileRecord::state).containsOnly(FileState.SCORED);
    }

    @Test
    void takesFilesWhoseMarkersLieBesideThem() {
        DropFolderPoller node = drop.options(RECURSIVE + ", done-marker: \"{name}.done\"")
                .write("drop/eu/day.csv", DAY)
                .write("drop/us/day.csv", DAY)
                .write("drop/us/day.csv.done", "")
                .node();
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(only("us/day.csv").state()).isEqualTo(FileState.CLAIMED);
        assertThat(only("eu/day.csv").reason()).contains("'day.csv.done'");
        assertThat(drop.file("drop/us/day.csv.done")).doesNotExist();
    }

    @Test
    void leavesADropFolderInsideToItsOwnDefinition() {
        drop.elsewhere("-eu", "drop/eu").options(RECURSIVE);
        DropFolderPoller node =
                drop.write("drop/eu/day.csv", DAY).write("drop/us/day.csv", DAY).node();
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(drop.runs("-eu")).hasSize(1);
        assertThat(drop.ledger())
                .extracting(
                        file -> file.folder().substring(drop.file("").toString().length()) + ":" + file.name())
                .containsExactlyInAnyOrder("/drop/eu:day.csv", "/drop:us/day.csv");
    }

    @Test
    void looksIntoNoLinkNoHiddenFolderAndNoArchive() throws IOException {
        DropFolderPoller node = drop.options(RECURSIVE)
                .write("elsewhere/secret.csv", DAY)
                .write("drop/.git/a.csv", DAY)
                .write("drop/eu/archive/b.csv", DAY)
                .write("drop/archive/c.csv", DAY)
                .node();
        Files.createSymbolicLink(drop.file("drop/linked"), drop.file("elsewhere"));
        Files.createSymbolicLink(drop.file("drop/eu/linked.csv"), drop.file("elsewhere/secret.csv"));
        node.scan();
        node.scan();

        assertThat(drop.runs("")).isEmpty();
        assertThat(only("linked").reason()).contains("symbolic link");
        assertThat(only("eu/linked.csv").reason()).contains("symbolic link");
        assertThat(only(".git").reason()).contains("hidden folders");
        assertThat(only("eu/archive").reason()).contains("files that were put away");
        assertThat(drop.ledger()).hasSize(4);
    }

    @Test
    void forgetsNothingOfAFolderThatCanNotBeListed() throws IOException {
        DropFolderPoller node = drop.options(RECURSIVE + ", after: leave, duplicates: always")
                .write("drop/eu/day.csv", DAY)
                .node();
        node.scan();
        drop.finish(drop.runsAfterLooking(node, "", 1).getFirst(), () -> {});
        node.scan();
        Sightings seen = new Sightings(drop.file("drop").toString(), null, drop.lyingFiles, drop.versions);
        seen.begin(List.of());
        seen.stillThereBelow("eu/");
        seen.end();
        assertThat(only("eu/day.csv").version()).as("remembered").isNotNull();

        seen.begin(List.of());
        seen.end();
        assertThat(only("eu/day.csv").version()).as("gone").isNull();
    }

    @Test
    void goesSixteenFoldersDeep() {
        String deep = String.join("/", Collections.nCopies(16, "d"));
        DropFolderPoller node = drop.options(RECURSIVE)
                .write("drop/" + deep + "/day.csv", DAY)
                .write("drop/" + deep + "/d/day.csv", DAY)
                .node();
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(only(deep + "/d").reason()).contains("more than 16 folders deep");
    }

    @Test
    void doesNotLookIntoFoldersUnlessItIsToldTo() {
        DropFolderPoller node =
                drop.options("max-size: 1KB").write("drop/eu/day.csv", DAY).node();
        node.scan();

        assertThat(drop.runs("")).isEmpty();
        assertThat(only("eu").reason()).contains("it is a folder", "'recursive: true'");
    }

    @Test
    void aFolderThatIsExchangedForALinkLeadsNowhere() throws IOException {
        drop.write("secret/day.csv", "not for them").write("drop/day.csv", DAY);
        Files.createSymbolicLink(drop.file("drop/eu"), drop.file("secret"));
        Path target = folder.resolve("taken.csv");
        Path behind = drop.file("drop/eu/day.csv");

        assertThatThrownBy(() -> FolderHandles.move(drop.file("drop"), behind, target))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> FolderHandles.delete(drop.file("drop"), behind))
                .isInstanceOf(FileSystemException.class);
        assertThat(drop.file("secret/day.csv")).exists();
        assertThat(target).doesNotExist();
    }

    @Test
    void findsAFileByItsOwnName() {
        drop.options(RECURSIVE)
                .write("drop/eu/strikes-" + drop.name + ".csv", DAY)
                .node()
                .scan();

        assertThat(drop.named("strikes-" + drop.name + ".csv"))
                .extracting(FileRecord::name)
                .containsExactly("eu/strikes-" + drop.name + ".csv");
    }
}
