package dev.bes.orchestrator.trigger.arrival.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.StoreBlobs.Kind;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputSource.StoreBlob;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.QuarantinedFiles;
import dev.bes.orchestrator.trigger.arrival.QuarantinedFilesSetup;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers.Failure;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that arrive in a container: which become runs, which do not, and what becomes of them. */
class ContainerPollerTests {
    private static final String DAY = "text\na\n";

    private final ContainerFixture container;

    ContainerPollerTests(@TempDir Path folder) {
        this.container = new ContainerFixture(folder);
    }

    private FileRecord only(String blob) {
        List<FileRecord> rows = container.ledger(blob);
        assertThat(rows).as(blob).hasSize(1);
        return rows.getFirst();
    }

    @Test
    void makesARunOfAVersionAndPinsIt() {
        String etag = container.options("").put("day.csv", DAY);
        container.node().scan();

        RunView run = container.runs().getFirst();
        Claim claim = container.claim(run);
        assertThat(claim.inputs().get("input1"))
                .isEqualTo(new StoreBlob("lake", container.name + "/day.csv", etag, "day.csv"));
        assertThat(only("day.csv").state()).isEqualTo(FileState.CLAIMED);
        assertThat(only("day.csv").run()).isEqualTo(run.id());
    }

    @Test
    void leavesAScoredBlobAndNeverScoresThatVersionAgain() {
        container.options("").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        container.finish(container.runs().getFirst());
        node.scan();

        assertThat(only("day.csv").state()).isEqualTo(FileState.SCORED);
        assertThat(container.names()).containsExactly("day.csv");
        node.scan();
        container.node().scan();
        assertThat(container.runs()).hasSize(1);
        assertThat(container.ledger()).hasSize(1);
    }

    @Test
    void makesAnotherRunOfARewrittenBlob() {
        container.options("").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        container.put("day.csv", DAY);
        node.scan();

        assertThat(container.runs()).hasSize(2);
        container.runs().forEach(container::finish);
        node.scan();
        assertThat(container.ledger("day.csv"))
                .extracting(FileRecord::state)
                .containsExactly(FileState.SCORED, FileState.SCORED);
        assertThat(container.ledger("day.csv"))
                .as("only the version that is there is remembered")
                .extracting(file -> file.version() == null)
                .containsExactly(false, true);
    }

    @Test
    void saysWhyABlobIsNotTaken() {
        container.options("pattern: \"day-*.csv\", exclude: [\"*-draft.csv\"], min-size: 1B");
        container.put("day-1.CSV", DAY);
        container.put("day-1-draft.csv", DAY);
        container.put("day-2.csv", "");
        container.put("day-3.csv.part", DAY);
        container.put("sub/", "", Kind.FOLDER);
        container.put("day-\n.csv", DAY);
        container.node().scan();

        assertThat(container.runs()).isEmpty();
        assertThat(only("day-1.CSV").reason()).contains("upper and lower case");
        assertThat(only("day-1-draft.csv").reason()).contains("'exclude'");
        assertThat(only("day-2.csv").reason()).contains("'min-size'");
        assertThat(only("day-3.csv.part").state()).isEqualTo(FileState.SEEN);
        assertThat(only("sub/").reason()).contains("folder of blobs");
        assertThat(only("day-\n.csv").reason()).contains("control character");
    }

    @Test
    void waitsUntilAnAppendBlobHasSettled() {
        container.options("settle: 1h").put("log.csv", DAY, Kind.GROWING);
        container.put("day.csv", DAY);
        container.node().scan();

        assertThat(only("log.csv").state()).isEqualTo(FileState.SETTLING);
        assertThat(only("day.csv").state()).isEqualTo(FileState.CLAIMED);
    }

    @Test
    void waitsForTheDoneMarkerAndLeavesIt() {
        container.options("done-marker: \"{name}.done\"").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        assertThat(only("day.csv").reason()).contains("day.csv.done");
        container.put("day.csv.done", "");
        node.scan();

        assertThat(container.runs()).hasSize(1);
        assertThat(only("day.csv.done").state()).isEqualTo(FileState.SEEN);
        assertThat(container.names()).contains("day.csv.done");
    }

    @Test
    void waitsWhileTooManyScoringsAreUnfinished() {
        container.options("").put("day.csv", DAY);
        container.node(() -> true).scan();
        assertThat(only("day.csv").state()).isEqualTo(FileState.COMPLETE);
        assertThat(only("day.csv").reason()).contains("max-unfinished");
        container.node().scan();

        assertThat(container.runs()).hasSize(1);
    }

    @Test
    void ofThreeNodesOneTakesEachVersion() {
        container.options("");
        IntStream.range(0, 60).forEach(i -> container.put("day-" + i + ".csv", DAY));
        List<ContainerPoller> nodes = Stream.generate(container::node).limit(3).toList();
        Parallel.each(nodes, node -> {
            node.scan();
            node.scan();
        });
        nodes.forEach(ContainerPoller::scan);
        nodes.forEach(ContainerPoller::scan);

        assertThat(container.runs()).hasSize(60);
        assertThat(container.ledger()).hasSize(60).extracting(FileRecord::state).containsOnly(FileState.CLAIMED);
    }

    @Test
    void writesNothingForAContainerAtRest() {
        container.options("");
        IntStream.range(0, 30).forEach(i -> container.put("day-" + i + (i % 2 == 0 ? ".csv" : ".txt"), DAY));
        ContainerPoller node = container.node();
        node.scan();
        container.runs().forEach(container::finish);
        node.scan();
        List<String> before = versionsOfRows();
        node.scan();
        container.node().scan();

        assertThat(versionsOfRows()).hasSize(30).isEqualTo(before);
    }

    private List<String> versionsOfRows() {
        return container
                .rows
                .jdbc()
                .sql("SELECT ctid::text || ' ' || xmin::text FROM dropped_file WHERE folder = ? ORDER BY number")
                .param("lake/" + container.name + "/")
                .query(String.class)
                .list();
    }

    @Test
    void keepsAFailedBlobWhereItIsUntilSomebodyHasItScoredAgain() {
        container.options("after: delete").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        container.fail(container.runs().getFirst());
        node.scan();
        node.scan();
        FileRecord failed = only("day.csv");
        assertThat(failed.state()).isEqualTo(FileState.QUARANTINED);
        assertThat(failed.reason()).isEqualTo("run " + failed.run() + " has failed: it broke");
        assertThat(container.names()).containsExactly("day.csv");
        assertThat(container.runs()).hasSize(1);

        QuarantinedFiles quarantined = QuarantinedFilesSetup.of(container.rows.jdbc());
        assertThat(quarantined.retry(failed, Actor.user("alice"))).isTrue();
        assertThat(quarantined.retry(failed, Actor.user("bob"))).isFalse();
        node.scan();
        assertThat(container.runs()).hasSize(2);
        assertThat(container.ledger("day.csv"))
                .extracting(FileRecord::state)
                .containsExactly(FileState.CLAIMED, FileState.RETRIED);
    }

    @Test
    void deletesTheVersionThatWasScoredAndNoOther() {
        container.options("after: delete").put("one.csv", DAY);
        container.put("two.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        List<RunView> runs = container.runs();
        container.put("two.csv", "text\nnewer\n");
        runs.forEach(container::finish);
        node.scan();

        assertThat(container.names()).containsExactly("two.csv");
        assertThat(only("one.csv").state()).isEqualTo(FileState.DELETED);
        assertThat(container.runs()).hasSize(3);
        assertThat(container.ledger("two.csv"))
                .extracting(FileRecord::state)
                .containsExactly(FileState.CLAIMED, FileState.DELETED);
    }

    @Test
    void archivesTheVersionThatWasScoredByDay() {
        container.options("after: archive, archive-by: day").put("one.csv", DAY);
        container.put("two.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        Map<String, Long> runs = new HashMap<>();
        container.ledger().forEach(row -> runs.put(row.name(), row.run()));
        String day = LocalDate.ofInstant(only("one.csv").since(), ZoneOffset.UTC)
                .toString()
                .replace('-', '/');
        container.put("two.csv", "text\nnewer\n");
        container.runs().forEach(container::finish);
        node.scan();
        node.scan();

        String archived = "archive/" + day + "/" + runs.get("one.csv") + "-one.csv";
        assertThat(container.names()).containsExactlyInAnyOrder("two.csv", archived);
        assertThat(only("one.csv").state()).isEqualTo(FileState.ARCHIVED);
        assertThat(only("one.csv").path()).isEqualTo("lake/" + container.name + "/" + archived);
        assertThat(container.ledger("two.csv"))
                .as("a newer version is not archived for the one that was scored")
                .extracting(FileRecord::state)
                .containsExactly(FileState.CLAIMED, FileState.DELETED);
        assertThat(container.ledger("archive/")).as("the archive is ours").isEmpty();
    }

    @Test
    void archivesOnceWhatADeadNodeHadCopied() {
        container.options("after: archive").put("one.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        RunView run = container.runs().getFirst();
        String etag = String.valueOf(only("one.csv").version());
        container.copy("lake", container.name + "/one.csv", etag, container.name + "/archive/" + run.id() + "-one.csv");
        container.finish(run);
        node.scan();

        assertThat(container.names()).containsExactly("archive/" + run.id() + "-one.csv");
        assertThat(only("one.csv").state()).isEqualTo(FileState.ARCHIVED);
    }

    /** Its list is older than what the other node has done. */
    @ParameterizedTest
    @ValueSource(strings = {"archive", "delete"})
    void takesNoBlobThatWasPutAwayAfterItWasListed(String after) {
        container.options("after: " + after).put("one.csv", DAY);
        ContainerPoller slow = container.node();
        ContainerPoller other = container.node();
        container.afterList = () -> {
            other.scan();
            container.finish(container.runs().getFirst());
            other.scan();
        };
        slow.scan();

        assertThat(container.names()).doesNotContain("one.csv");
        assertThat(only("one.csv").state()).isEqualTo(after.equals("archive") ? FileState.ARCHIVED : FileState.DELETED);
        container.put("one.csv", DAY);
        slow.scan();
        assertThat(container.runs()).as("a new version is taken").hasSize(2);
    }

    @Test
    void takesNoBlobThatWasRemovedAfterItWasListed() {
        container.options("").put("one.csv", DAY);
        ContainerPoller full = container.node(() -> true);
        ContainerPoller slow = container.node();
        container.afterList = () -> {
            full.scan();
            container.remove("one.csv");
            full.scan();
        };
        slow.scan();

        assertThat(only("one.csv").state()).isEqualTo(FileState.GONE);
        assertThat(container.runs()).isEmpty();
    }

    @Test
    void remembersAVersionThatAnotherNodeTookAfterTheFirstListOfThisOne() {
        container.options("");
        ContainerPoller slow = container.node();
        ContainerPoller other = container.node();
        container.afterList = () -> {
            container.put("one.csv", DAY);
            other.scan();
            container.finish(container.runs().getFirst());
            other.scan();
        };
        slow.scan();
        container.node().scan();

        assertThat(only("one.csv").version()).isNotNull();
    }

    @Test
    void archivesOverNoOtherBlob() {
        container.options("after: archive").put("one.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        RunView run = container.runs().getFirst();
        container.put("archive/" + run.id() + "-one.csv", "of run 7 before the database was restored");
        container.finish(run);
        node.scan();

        assertThat(container.names())
                .containsExactlyInAnyOrder("archive/" + run.id() + "-one.csv", "archive/" + run.id() + "-2-one.csv");
        assertThat(only("one.csv").path()).endsWith("-2-one.csv");
    }

    @Test
    void saysWhatFailsAndWhatToDoUntilItIsFixed() {
        container.options("after: archive").put("day.csv", DAY);
        ContainerPoller node = container.node();
        container.failure = new RemoteException.NotFound("404 ContainerNotFound");
        node.scan();
        Failure first = container.failing.failures().getFirst();
        node.scan();

        assertThat(container.failing.failures())
                .as("with the time at which it began")
                .containsExactly(first);
        assertThat(first.container()).isEqualTo("lake/" + container.name + "/");
        assertThat(first.what()).startsWith("Listing container lake/");
        assertThat(first.reason())
                .isEqualTo(
                        "404 ContainerNotFound; create the container, or correct orchestrator.blobs.stores.lake.container");

        container.failure = null;
        container.copyFailure = new RemoteException.Refused("403");
        node.scan();
        assertThat(container.failing.failures()).isEmpty();
        container.finish(container.runs().getFirst());
        node.scan();
        assertThat(container.failing.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.what()).startsWith("Putting away lake/").endsWith("/day.csv");
            assertThat(failure.reason()).contains("403; the key or identity of store 'lake' needs the right to");
        });
        assertThat(only("day.csv").state()).as("it is tried again").isEqualTo(FileState.CLAIMED);
    }

    @Test
    void scoresAContentOnce() {
        container.options("duplicates: once").put("one.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        container.put("two.csv", DAY);
        node.scan();
        node.scan();

        assertThat(container.runs()).hasSize(1);
        assertThat(only("two.csv").state()).isEqualTo(FileState.DUPLICATE);
        assertThat(only("two.csv").reason()).contains("'one.csv'");
    }

    @Test
    void makesOneRunOfAGroup() {
        container.options("group: {by: \"day-{key}-part*.csv\", files: 2}").put("day-1-part1.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        assertThat(only("day-1-part1.csv").state()).isEqualTo(FileState.GROUPED);
        container.put("day-1-part2.csv", DAY);
        node.scan();

        assertThat(container.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.scorings()).isEqualTo(2));
    }

    @Test
    void keepsAnIncompleteGroupApartWhenItsTimeIsOver() {
        container.options("group: {files: 2, wait: 0s, incomplete: quarantine}").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        node.scan();

        assertThat(only("day.csv").state()).isEqualTo(FileState.QUARANTINED);
        assertThat(only("day.csv").reason()).contains("1 of 2 files");
    }

    @Test
    void ofThreeNodesOneTakesAWholeGroup() {
        container.options("group: {by: \"{key}-*.csv\", files: 20}");
        IntStream.range(0, 100).forEach(i -> container.put(i % 5 + "-" + i + ".csv", DAY));
        List<ContainerPoller> nodes = Stream.generate(container::node).limit(3).toList();
        Parallel.each(nodes, ContainerPoller::scan);
        nodes.forEach(ContainerPoller::scan);

        assertThat(container.runs()).hasSize(5).extracting(RunView::scorings).containsOnly(20);
    }

    @Test
    void remembersAVersionLongerThanItsRunAndAsLongAsItIsThere() {
        container.options("").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        RunView run = container.runs().getFirst();
        container.finish(run);
        node.scan();
        purgeRun(run);
        assertThat(container.runs()).isEmpty();
        container.node().scan();
        assertThat(container.runs()).isEmpty();
        assertThat(only("day.csv").run()).isEqualTo(run.id());

        container.remove("day.csv");
        node.scan();
        container
                .rows
                .jdbc()
                .sql("UPDATE dropped_file SET moved_at = moved_at - interval '3 d' WHERE folder = ?")
                .param("lake/" + container.name + "/")
                .update();
        container.lyingFiles.purge(Duration.ofDays(2), 100);
        assertThat(container.ledger()).isEmpty();
    }

    private void purgeRun(RunView run) {
        container
                .rows
                .jdbc()
                .sql("UPDATE run SET ended_at = ended_at - interval '400 d' WHERE id = ?")
                .param(run.id())
                .update();
        new RunPurge(
                        container.rows.jdbc(),
                        new Transactions(DatabaseFixture.shared().transactions()))
                .purge(Duration.ofDays(300), 100);
    }

    @Test
    void forgetsNothingWhileTheStoreIsAway() {
        container.options("").put("day.csv", DAY);
        ContainerPoller node = container.node();
        node.scan();
        container.failure = new RemoteException.Unavailable(RemoteException.By.STORE, "the store is away");
        node.scan();
        assertThat(only("day.csv").version()).isNotNull();
        container.failure = null;
        node.scan();

        assertThat(container.runs()).hasSize(1);
        assertThat(container.ledger()).hasSize(1);
    }

    @Test
    void aVersionThatIsAnOccurrenceAlreadyIsNoSecondRun() {
        container.options("").put("day.csv", DAY);
        container.node().scan();
        // as if the ledger had been lost
        container
                .rows
                .jdbc()
                .sql("DELETE FROM dropped_file WHERE folder = ?")
                .param("lake/" + container.name + "/")
                .update();
        container.node().scan();

        assertThat(container.runs()).hasSize(1);
        assertThat(only("day.csv").run()).isEqualTo(container.runs().getFirst().id());
    }
}
