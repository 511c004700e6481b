package dev.bes.orchestrator.node.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.run.DatabaseFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

class MarkedFolderTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(4);
    private static final SharedFolder DROP_ROOT = SharedFolder.DROP_ROOT;

    private final FolderRows rows = new FolderRows(DATABASE.jdbc(), DATABASE.transactions());
    private final HealthyFolders disk = new HealthyFolders();
    private final List<Path> inUse = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        DATABASE.jdbc().sql("DELETE FROM shared_folder").update();
        DATABASE.jdbc().sql("DELETE FROM node").update();
    }

    private MarkedFolder folder(String node, Path path) {
        return new MarkedFolder(DROP_ROOT, path, node, rows, any -> inUse, disk.work, disk.settings);
    }

    private MarkedFolder seen(String node, Path path) {
        rows.insertNode(node);
        MarkedFolder seen = folder(node, path);
        seen.check();
        return seen;
    }

    private void end(String node) {
        DATABASE.jdbc().sql("DELETE FROM node WHERE name = ?").param(node).update();
    }

    private Path here() {
        return folder.resolve("here");
    }

    private Path there() {
        return folder.resolve("there");
    }

    private static Path marker(Path path) {
        return path.resolve(".orchestrator-folder");
    }

    private Path moved() throws IOException {
        return Files.move(here(), there());
    }

    @Test
    void isUsedByNobodyBeforeTheFirstLook() {
        assertThat(folder("a", here()).problem()).contains("orchestrator.trigger.drop-root (" + here() + ")");
        assertThat(folder("a", here()).isThere()).isFalse();
    }

    @Test
    void isMarkedByTheFirstNodeAndSeenByTheNext() {
        assertThat(seen("a", here()).problem()).isNull();
        assertThat(marker(here())).isRegularFile().content().contains("BES Orchestrator");

        assertThat(seen("b", here()).problem()).isNull();
        assertThat(seen("b", here()).isThere()).isTrue();
    }

    @Test
    void isRefusedWhileOtherNodesShareAnother() throws IOException {
        seen("a", here());

        assertThat(seen("b", there()).problem())
                .contains(
                        "orchestrator.trigger.drop-root (" + there() + ") is not the folder that the other nodes share",
                        "theirs is " + here(),
                        "it does not exist here");
        Files.createDirectories(there());
        assertThat(seen("b", there()).problem()).contains("it lacks their file .orchestrator-folder, which holds ");
        Files.writeString(marker(there()), "11111111-1111-1111-1111-111111111111\n");
        assertThat(seen("b", there()).problem())
                .contains("its file .orchestrator-folder holds 11111111-1111-1111-1111-111111111111");
        assertThat(seen("a", here()).problem()).isNull();
    }

    @Test
    void isRefusedInAnotherPlaceThanOnTheOtherNodes() throws IOException {
        seen("a", here());
        Files.createDirectories(there());
        Files.copy(marker(here()), marker(there()));
        Files.delete(marker(here()));

        assertThat(seen("b", there()).problem()).contains("has another path on the other nodes: " + here());
    }

    @Test
    void isTheSameWhereTheKnownPlaceLeadsToIt() throws IOException {
        seen("a", here());
        Files.createSymbolicLink(there(), here());

        assertThat(seen("b", there()).problem()).isNull();
    }

    @Test
    void isKnownToADatabaseThatWasMadeAnew() throws IOException {
        seen("a", here());
        String marker = Files.readString(marker(here()));
        forget();

        assertThat(seen("a", here()).problem()).isNull();
        assertThat(marker(here())).hasContent(marker);
        assertThat(seen("b", here()).problem()).isNull();
    }

    @Test
    void isTakenAnewWhenItWasMovedOnPurpose() throws IOException {
        seen("a", here());
        end("a");

        assertThat(seen("b", there()).problem()).isNull();
        assertThat(marker(there())).exists();
        assertThat(seen("c", here()).problem())
                .as("the old one is no longer shared")
                .contains("theirs is " + there());
    }

    @Test
    void isNotMovedWhileUnfinishedWorkNeedsIt() {
        seen("a", here());
        end("a");
        inUse.add(here().resolve("x/input-1.csv"));

        assertThat(seen("b", there()).problem())
                .contains(
                        "orchestrator.trigger.drop-root (" + there() + ")",
                        "unfinished work has its files in, such as " + here().resolve("x/input-1.csv"),
                        "Set the setting back");
        inUse.clear();
        assertThat(seen("b", there()).problem()).isNull();
    }

    @Test
    void comesBackWhenSomebodyWritesItsMarkerByHand() throws IOException {
        seen("a", here());
        String line = Files.readAllLines(marker(here())).getFirst();
        end("a");
        FileSystemUtils.deleteRecursively(here());
        Files.createDirectories(here());
        inUse.add(here().resolve("lost.csv"));

        assertThat(seen("b", here()).problem()).contains("write the line " + line + " into the file " + marker(here()));
        Files.writeString(marker(here()), line);
        assertThat(seen("b", here()).problem()).isNull();
    }

    @Test
    void isMarkedAgainWhenItsFilesProveIt() throws IOException {
        seen("a", here());
        end("a");
        Files.delete(marker(here()));
        inUse.add(Files.writeString(here().resolve("input.csv"), "text\n"));

        assertThat(seen("b", here()).problem()).isNull();
        assertThat(marker(here())).exists();
    }

    @Test
    void isMarkedAgainWhenSomebodyClearsUpWhileNodesRun() throws IOException {
        MarkedFolder a = seen("a", here());
        MarkedFolder b = seen("b", here());
        String content = Files.readString(marker(here()));
        Files.delete(marker(here()));

        b.check();
        a.check();

        assertThat(a.problem()).isNull();
        assertThat(b.problem()).isNull();
        assertThat(marker(here())).hasContent(content);
    }

    @Test
    void isMissedAtOnceWhenAnotherLiesInItsPlace() throws IOException {
        MarkedFolder a = seen("a", here());
        seen("b", here());
        moved();
        Files.createDirectories(here());

        assertThat(a.isThere()).isFalse();
        assertThat(a.problem()).contains("it lacks their file");
        Files.delete(here());
        Files.move(there(), here());
        a.check();
        assertThat(a.isThere()).isTrue();
    }

    /** A check that has read the right folder and then waits must not vouch for what lies there later. */
    @Test
    void isMissedWhileAnEarlierCheckStillWaits() {
        MarkedFolder a = seen("a", here());
        Thread earlier = Thread.ofVirtual().unstarted(a::check);
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            DATABASE.jdbc()
                    .sql("LOCK TABLE shared_folder IN ACCESS EXCLUSIVE MODE")
                    .update();
            earlier.start();
            await().until(MarkedFolderTests::isWaiting);
            replace();

            assertThat(a.isThere()).isFalse();
        });
        await().until(() -> !earlier.isAlive());
    }

    private static boolean isWaiting() {
        return DATABASE.jdbc()
                .sql("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'shared_folder'::regclass)")
                .query(Boolean.class)
                .single();
    }

    private void replace() {
        try {
            moved();
            Files.createDirectories(here());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isNotGivenUpForTheFolderOfAStrangerWhileItIsAwayForAMoment() throws IOException {
        MarkedFolder a = seen("a", here());
        MarkedFolder stranger = seen("b", there());
        Path away = Files.move(here(), folder.resolve("away"));
        Files.createDirectories(here());
        a.check();
        assertThat(a.problem()).contains("is no longer the folder that this node saw there");
        stranger.check();
        assertThat(stranger.problem()).contains("theirs is " + here());
        assertThat(seen("c", here()).problem()).as("the bare place of a mount").contains("it lacks their file");

        Files.delete(here());
        Files.move(away, here());
        a.check();
        assertThat(a.problem()).isNull();
    }

    @Test
    void isTheSharedOneAgainWhenItComesBackAfterALoneNodeTookItsBareMountPoint() throws IOException {
        MarkedFolder a = seen("a", here());
        Path away = Files.move(here(), folder.resolve("away"));
        Files.createDirectories(here());
        end("a");
        MarkedFolder lone = seen("b", here());
        assertThat(lone.problem()).isNull();

        FileSystemUtils.deleteRecursively(here());
        Files.move(away, here());
        rows.insertNode("a");
        lone.check();
        assertThat(lone.problem()).isNull();
        a.check();
        assertThat(a.problem()).isNull();
    }

    @Test
    void isSharedWithNobodyWhileItCannotBeMade() throws IOException {
        Files.createFile(here());
        assertThat(seen("a", here().resolve("under-a-file")).problem()).isNull();

        seen("b", there());
        assertThat(seen("a", here().resolve("under-a-file")).problem()).contains("is not the folder");
    }
}
