package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that become one run together. What waits is rows: any node may end the wait. */
class ArrivalGroupTests {
    private final DropFolderFixture drop;

    ArrivalGroupTests(@TempDir Path folder) {
        this.drop = new DropFolderFixture(folder);
    }

    private ArrivalGroupTests write(String... names) {
        for (String name : names) {
            drop.write("drop/" + name, "text\n" + name + "\n");
        }
        return this;
    }

    private List<String> files(RunView run) {
        return drop.rows.reader().scorings(run.id(), 0, 100).stream()
                .map(scoring -> scoring.files().get("input1"))
                .toList();
    }

    private FileRecord only(String name) {
        assertThat(drop.ledger(name)).as(name).hasSize(1);
        return drop.ledger(name).getFirst();
    }

    /** Sets back the clock by which groups wait. */
    private void waited(String name, int seconds) {
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET taken_at = taken_at - ? * interval '1 s' WHERE folder = ? AND name = ?")
                .params(seconds, drop.file("drop").toString(), name)
                .update();
    }

    @Test
    void filesStartsARunWithSoManyAndKeepsTheRestWaiting() {
        DropFolderPoller node = drop.options("group: { files: 3 }").node();
        write("a.csv", "b.csv");
        node.scan();
        assertThat(drop.runs("")).isEmpty();
        assertThat(only("a.csv").state()).isEqualTo(FileState.GROUPED);
        assertThat(only("a.csv").reason()).isEqualTo("it waits until its group has 3 files");

        write("c.csv", "d.csv");
        node.scan();
        assertThat(drop.runs("")).hasSize(1);
        assertThat(files(drop.runs("").getFirst())).hasSize(3);
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.GROUPED)
                .hasSize(1);
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.CLAIMED)
                .hasSize(3);
    }

    @Test
    void incompleteGroupsAreKeptApartWhenTheirTimeIsOver() {
        DropFolderPoller node = drop.options("group: { files: 3, wait: 2m, incomplete: quarantine }")
                .node();
        write("a.csv", "b.csv");
        node.scan();
        waited("a.csv", 121);
        node.scan();
        node.scan();

        assertThat(drop.runs(""))
                .singleElement()
                .satisfies(run -> assertThat(run.cause())
                        .isEqualTo("Its time is over, and the group has 2 of 3 files ('incomplete')"));
        assertThat(drop.ledger()).hasSize(2).extracting(FileRecord::state).containsOnly(FileState.QUARANTINED);
        write("c.csv", "d.csv", "e.csv");
        node.scan();
        assertThat(drop.runs("")).as("the next one is complete").hasSize(2);
        assertThat(drop.runs("").getFirst().scorings()).isEqualTo(3);
    }

    @Test
    void ofThreeNodesOneTakesAWholeGroup() {
        drop.options("group: { by: '{key}-*.csv', files: 20 }");
        List<DropFolderPoller> nodes = Stream.generate(drop::node).limit(3).toList();
        for (int i = 0; i < 100; i++) {
            write(i % 5 + "-" + i + ".csv");
        }
        Parallel.each(nodes, node -> {
            node.scan();
            node.scan();
        });
        nodes.forEach(DropFolderPoller::scan);

        assertThat(drop.runs("")).hasSize(5).extracting(RunView::scorings).containsOnly(20);
    }

    @Test
    void waitStartsARunWithWhatIsThereAfterTheFirst() {
        DropFolderPoller node = drop.options("group: { files: 500, wait: 2m }").node();
        write("a.csv");
        node.scan();
        waited("a.csv", 110);
        write("b.csv");
        node.scan();
        assertThat(drop.runs("")).isEmpty();

        waited("a.csv", 11);
        node.scan();
        assertThat(files(drop.runs("").getFirst())).containsExactly("a.csv", "b.csv");
    }

    @Test
    void quietStartsARunWhenNoFileHasComeForAWhile() {
        DropFolderPoller node = drop.options("group: { quiet: 30s }").node();
        write("a.csv", "b.csv");
        node.scan();
        waited("a.csv", 31);
        node.scan();
        assertThat(drop.runs("")).as("another one has just come").isEmpty();

        waited("b.csv", 31);
        node.scan();
        assertThat(files(drop.runs("").getFirst())).containsExactly("a.csv", "b.csv");
    }

    @Test
    void byWaitsForAllPartsOfAKeyUntilTheDeadline() {
        DropFolderPoller node = drop.options("group: { by: 'day-{key}-part*.csv', files: 2, wait: 6h }")
                .node();
        write("day-1-part1.csv", "day-2-part1.csv", "other.csv");
        node.scan();
        assertThat(only("other.csv").state()).isEqualTo(FileState.IGNORED);
        assertThat(only("other.csv").reason()).contains("its name has no key");
        assertThat(only("day-1-part1.csv").reason())
                .isEqualTo("it waits until its group '1' has 2 files, or began 21600 s ago");

        write("day-2-part2.csv");
        node.scan();
        assertThat(drop.runs("")).hasSize(1);
        assertThat(files(drop.runs("").getFirst())).containsExactly("day-2-part1.csv", "day-2-part2.csv");

        waited("day-1-part1.csv", 6 * 3600);
        node.scan();
        assertThat(files(drop.runs("").getFirst()))
                .as("the deadline has passed")
                .containsExactly("day-1-part1.csv");
    }

    @Test
    void aGroupGoesOnWaitingWhenAnotherNodeTakesOver() {
        drop.options("group: { files: 500, wait: 2m }");
        write("a.csv");
        drop.node().scan();
        FileRecord before = only("a.csv");
        DropFolderPoller other = drop.node();
        other.scan();
        assertThat(only("a.csv")).isEqualTo(before);

        waited("a.csv", 120);
        other.scan();
        assertThat(drop.runs("")).hasSize(1);
    }

    private void looksUntilGrouped(DropFolderPoller node) {
        await().until(() -> {
            node.scan();
            return only("a.csv").state() == FileState.GROUPED;
        });
    }

    @Test
    void aFileThatChangesWhileItWaitsSettlesAgain() {
        DropFolderPoller node = drop.definition("", "*.csv", "1s\n      group: { files: 2 }", "")
                .node();
        write("a.csv");
        looksUntilGrouped(node);
        drop.write("drop/a.csv", "text\nmore\nand more\n");
        node.scan();

        assertThat(only("a.csv").state()).isEqualTo(FileState.SETTLING);
        looksUntilGrouped(node);
    }

    @Test
    void manyNodesTakeEachFileOnce() {
        drop.options("group: { files: 20 }");
        IntStream.range(0, 60).forEach(i -> write(i + ".csv"));
        Parallel.all(IntStream.range(0, 3)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    DropFolderPoller node = drop.node();
                    node.scan();
                    node.scan();
                    return true;
                })
                .toList());

        assertThat(drop.runs("").stream().flatMap(run -> files(run).stream()))
                .hasSizeLessThanOrEqualTo(60)
                .doesNotHaveDuplicates();
        assertThat(drop.ledger()).hasSize(60);
        assertThat(drop.ledger())
                .allMatch(file -> file.state() == FileState.CLAIMED || file.state() == FileState.GROUPED);
    }

    @Test
    void aGroupWhoseNodeDiedBecomesOneRunOfWhatItHadTaken() throws IOException {
        DropFolderPoller node = drop.options("group: { files: 3 }").node();
        UUID group = UUID.randomUUID();
        for (String name : List.of("a.csv", "b.csv")) {
            drop.take("", UUID.randomUUID(), name);
        }
        UUID notMoved = UUID.randomUUID();
        Path empty = drop.take("", notMoved, "c.csv");
        Files.move(
                empty.resolve("c.csv"),
                Files.createDirectories(drop.file("drop")).resolve("c.csv"));
        drop.rows
                .jdbc()
                .sql("UPDATE dropped_file SET group_id = ? WHERE folder = ?")
                .params(group, drop.file("drop").toString())
                .update();
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(files(drop.runs("").getFirst())).containsExactly("a.csv", "b.csv");
        assertThat(only("c.csv").state()).isEqualTo(FileState.GROUPED);
    }

    @Test
    void duplicatesAreLeftOutOfAGroup() {
        DropFolderPoller node =
                drop.options("group: { files: 3 }, duplicates: once").node();
        drop.write("drop/a.csv", "text\na\n").write("drop/b.csv", "text\na\n").write("drop/c.csv", "text\nc\n");
        node.scan();
        node.scan();

        assertThat(drop.runs("")).hasSize(1);
        assertThat(files(drop.runs("").getFirst())).hasSize(2).contains("c.csv");
        assertThat(drop.ledger())
                .filteredOn(file -> file.state() == FileState.DUPLICATE)
                .hasSize(1);
    }
}
