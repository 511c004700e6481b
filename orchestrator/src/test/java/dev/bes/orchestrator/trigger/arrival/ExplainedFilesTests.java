package dev.bes.orchestrator.trigger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.explain.Cause;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.explain.Cause.Reference;
import dev.bes.orchestrator.explain.ExplainFixture;
import dev.bes.orchestrator.explain.Explanation;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a file did, or did not, start a run: each case is scripted with real scans of a real folder. */
class ExplainedFilesTests {
    private final DropFolderFixture drop;
    private final Path folder;

    ExplainedFilesTests(@TempDir Path folder) {
        this.folder = folder;
        this.drop = new DropFolderFixture(folder);
    }

    private ExplainFixture fixture() {
        return new ExplainFixture(
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator()));
    }

    private Explanation explain(String file) {
        return fixture().explainer().file(file, null, DefinitionScope.ALL);
    }

    private static void first(Explanation explanation, String code, String words) {
        assertThat(explanation.causes().getFirst().code().word())
                .as(explanation.answer())
                .isEqualTo(code);
        assertThat(explanation.answer()).contains(words);
    }

    /** Writes one file, scans once, and asks. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no pattern matches          | pattern: 'strikes-*.csv' | a.csv          | no-match         | no pattern matches its name: 'strikes-*.csv'
            another case                | pattern: '*.csv'         | a.CSV          | no-match         | in upper and lower case only
            excluded                    | exclude: ['*-draft.csv'] | a-draft.csv    | excluded         | its name is excluded
            too small                   | min-size: 1KB            | a.csv          | wrong-size       | and the least is 1024 ('min-size')
            too large                   | max-size: 3B             | a.csv          | wrong-size       | and the most is 3 ('max-size')
            a temporary name            | pattern: '*'             | a.csv.part     | temporary-name   | ('temporary')
            waits for its done-marker   | done-marker: '{name}.ok' | a.csv          | waits-for-marker | it waits for its done-marker 'a.csv.ok'
            a done-marker alone         | done-marker: '{name}.ok' | a.csv.ok       | done-marker      | says that another file is complete
            waits for its group         | group: {by: 'day-{key}-part*.csv', files: 3, wait: 6h} | day-1129-part1.csv | group-waits | waits for its group '1129': 1 of 3 files are there. Without more of them its run starts at 20
            waits for quiet             | group: {quiet: 1h}       | a.csv          | group-waits      | waits for its group: 1 file is there. Without more of them
            no key of a group           | group: {by: 'day-{key}-part*.csv', files: 3} | a.csv | no-key  | its name has no key
            hidden                      | pattern: '*'             | .a.csv         | not-plain        | hidden files are never taken
            taken                       | pattern: '*.csv'         | a.csv          | taken            | was taken by run
            """)
    void isExplainedByTheLedger(String what, String options, String file, String code, String words) {
        DropFolderPoller node =
                drop.options(options).write("drop/" + file, "text\na\n").node();
        node.scan();
        node.scan();

        Explanation explanation = explain(file);
        first(explanation, code, words);
        assertThat(explanation.causes().getFirst().references()).contains(new Reference(Kind.FILE, file));
    }

    @Test
    void saysUntilWhenItSettles() {
        drop.definition("", "*.csv", "10m", "")
                .write("drop/a.csv", "text\na\n")
                .node()
                .scan();

        Explanation explanation = explain("a.csv");
        first(explanation, "settling", "'a.csv' has not settled");
        Cause cause = explanation.causes().getFirst();
        assertThat(cause.until()).isEqualTo(cause.since().plus(Duration.ofMinutes(10)));
    }

    @Test
    void saysWhichPartsOfAGroupAreThereAndUntilWhenItWaits() {
        DropFolderPoller node = drop.options("group: { by: 'day-{key}-part*.csv', files: 3, wait: 6h }")
                .write("drop/day-1129-part1.csv", "text\na\n")
                .write("drop/day-1129-part2.csv", "text\nb\n")
                .write("drop/day-1130-part1.csv", "text\nc\n")
                .node();
        node.scan();

        Explanation explanation = explain("day-1129-part2.csv");
        first(explanation, "group-waits", "'1129': 2 of 3 files are there");
        assertThat(explanation.causes().getFirst().until())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(6)).minusSeconds(60),
                        Instant.now().plus(Duration.ofHours(6)).plusSeconds(60));
    }

    @Test
    void namesTheRunOfADuplicate() {
        DropFolderPoller node = drop.options("duplicates: once")
                .write("drop/a.csv", "text\na\n")
                .node();
        long run = drop.runsAfterLooking(node, "", 1).getFirst().id();
        drop.write("drop/b.csv", "text\na\n");
        node.scan();
        node.scan();

        Explanation explanation = explain("b.csv");
        first(explanation, "duplicate", "its content is that of 'a.csv', which run " + run + " scores or has scored");
        assertThat(explanation.causes().getFirst().references()).contains(new Reference(Kind.RUN, "" + run));
    }

    @Test
    void saysWhyAFileIsInQuarantine() {
        DropFolderPoller node = drop.options("pattern: '*.csv'")
                .write("drop/a.csv", "text\na\n")
                .node();
        drop.fail(drop.runsAfterLooking(node, "", 1).getFirst());
        node.scan();
        node.scan();

        first(explain("a.csv"), "quarantined", "it broke");
    }

    @Test
    void namesTheRunThatScoredIt() throws IOException {
        DropFolderPoller node = drop.options("pattern: '*.csv'")
                .write("drop/a.csv", "text\na\n")
                .node();
        long run = drop.runsAfterLooking(node, "", 1).getFirst().id();
        drop.finish(drop.runs("").getFirst(), () -> {});
        node.scan();
        node.scan();

        first(explain("a.csv"), "scored", "'a.csv' was scored by run " + run);
    }

    @Test
    void saysWhyTheRunOfATakenFileDoesNotGoOn() {
        DropFolderPoller node = drop.options("pattern: '*.csv'")
                .write("drop/a.csv", "text\na\n")
                .node();
        long run = drop.runsAfterLooking(node, "", 1).getFirst().id();
        ExplainFixture fixture = fixture();
        fixture.endpoints = Set.of();
        Explanation explanation = fixture.explainer().file("a.csv", null, DefinitionScope.ALL);

        first(explanation, "taken", "by run " + run);
        assertThat(ExplainFixture.lines(explanation))
                .contains("endpoint-unknown Scoring 1 waits for endpoint 'hashing', which is not configured.");
    }

    @Test
    void saysThatItWaitsWhileTooMuchIsUnfinished() {
        DropFolderPoller node = drop.options("pattern: '*.csv'")
                .write("drop/a.csv", "text\na\n")
                .node(() -> true);
        node.scan();
        node.scan();

        first(explain("a.csv"), "queue-full", "orchestrator.trigger.max-unfinished");
    }

    @Test
    void saysThatItIsGone() throws IOException {
        DropFolderPoller node = drop.options("pattern: '*.csv', min-size: 1KB")
                .write("drop/a.csv", "a")
                .node();
        node.scan();
        Files.delete(drop.file("drop/a.csv"));
        node.scan();

        first(explain("a.csv"), "gone", "was removed before it was taken");
    }

    @Test
    void saysThatNoNodeHasSeenItAndWhoWouldTakeIt() {
        drop.options("pattern: 'strikes-*.csv'");
        String unseen = "strikes-" + drop.name + ".csv";
        Explanation explanation = explain(unseen);

        first(explanation, "never-seen", "No node has seen a file '" + unseen + "'");
        assertThat(ExplainFixture.lines(explanation))
                .contains("no-file Definition " + drop.name
                        + " would take a file of this name from its drop folder 'drop'.");
        Explanation asked = fixture().explainer().file("x-" + drop.name + ".csv", drop.name, DefinitionScope.ALL);
        assertThat(ExplainFixture.lines(asked))
                .anyMatch(line -> line.startsWith("no-match Definition " + drop.name + " takes no such name"));
    }

    @Test
    void showsNothingOfDefinitionsThatTheCallerMayNotSee() {
        DropFolderPoller node = drop.options("pattern: '*.csv'")
                .write("drop/a.csv", "text\na\n")
                .node();
        drop.runsAfterLooking(node, "", 1);
        Explanation explanation = fixture().explainer().file("a.csv", null, DefinitionScope.of(List.of("other")));

        first(explanation, "never-seen", "that you may see");
        assertThat(ExplainFixture.lines(explanation)).noneMatch(line -> line.contains(drop.name));
    }

    @Test
    void findsAFileByTheEndOfItsPath() {
        DropFolderPoller node = drop.options("pattern: '*.csv', min-size: 1KB")
                .write("drop/a.csv", "a")
                .node();
        node.scan();

        first(explain("drop/a.csv"), "wrong-size", "'a.csv'");
        first(explain(drop.file("drop/a.csv").toString()), "wrong-size", "'a.csv'");
        first(explain("rop/a.csv" + drop.name), "never-seen", "No node");
        first(explain("elsewhere/" + drop.name + "/a.csv"), "never-seen", "No node");
        first(explain("*"), "never-seen", "No node");
    }

    @Test
    void tellsTheDefinitionWhichFilesItWaitsFor() {
        DropFolderPoller node = drop.definition("", "*.csv", "10m", "").node();
        ExplainFixture fixture = fixture();
        var definition = DefinitionLoader.load(
                        folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator())
                .find(drop.name)
                .orElseThrow();
        assertThat(ExplainFixture.lines(fixture.explainer().definition(definition)))
                .contains(
                        "no-file No file that matches '*.csv' lies in its drop folder 'drop'.",
                        "no-run It has no run.");

        drop.write("drop/a.csv", "text\na\n");
        node.scan();
        assertThat(ExplainFixture.lines(fixture.explainer().definition(definition)))
                .anyMatch(line -> line.startsWith("settling 'a.csv' has not settled"));
    }
}
