package dev.bes.orchestrator.definition.check.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import dev.bes.orchestrator.definition.load.DefinitionFolder;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of definitions and settings together: what is good by itself may be a loop beside another. */
class FolderValidatorTests {

    @TempDir
    Path temporary;

    private Path root;
    private Path definitions;
    private Folders folders;

    @BeforeEach
    void roots() throws IOException {
        root = temporary.toRealPath();
        definitions = Files.createDirectories(root.resolve("definitions"));
        folders = folders("inbox", "delivered");
    }

    private Folders folders(String dropRoot, String deliveryRoot) {
        return new Folders(root.resolve(dropRoot), root.resolve(deliveryRoot), Set.of("lake"));
    }

    /** A definition with so many drop folders, as {@code folder} or {@code folder pattern}. */
    private FolderValidatorTests job(String name, String delivery, String... drops) throws IOException {
        StringBuilder files = new StringBuilder();
        for (String drop : drops) {
            String[] parts = drop.split(" ", -1);
            String pattern = parts.length > 1 ? ", pattern: \"" + parts[1] + "\"" : "";
            files.append("    - { folder: \"%s\"%s }\n".formatted(parts[0], pattern));
        }
        Files.writeString(
                definitions.resolve(name + ".yaml"),
                DefinitionFolder.GOOD.replace("name: job", "name: " + name)
                        + "delivery: { folder: \"" + delivery + "\" }\n"
                        + (drops.length == 0 ? "" : "triggers:\n  files:\n" + files));
        return this;
    }

    private List<Diagnostic> problems() {
        try {
            return DefinitionLoader.load(definitions, Set.of("hashing"), cron -> Optional.empty(), folders)
                    .warnings();
        } catch (InvalidDefinitionsException e) {
            return e.problems();
        }
    }

    @Test
    void refusesADefinitionThatDeliversIntoItsOwnDropFolder() throws IOException {
        folders = folders("inbox", "inbox");
        job("loop", "loop", "loop");

        assertThat(problems())
                .singleElement()
                .hasToString(
                        "loop.yaml:9:21: outputs go to 'loop' in the drop folder in loop.yaml:12:17 (%1$s/loop): they would be"
                                        .formatted(root.resolve("inbox"))
                                + " scored again, without end (orchestrator.pipeline.delivery-root is %s)"
                                        .formatted(root.resolve("inbox"))
                                + " — deliver to another folder, or set orchestrator.pipeline.delivery-root apart from"
                                + " orchestrator.trigger.drop-root");
    }

    @Test
    void checksNoDeliveryFolderThatIsNotUsed() throws IOException {
        folders = folders("inbox", "inbox");
        job("loop", "loop\", container: lake/out, to: \"container", "loop");

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} delivers to {1}, drop folder {2}")
    @CsvSource(delimiter = '|', textBlock = """
            inbox           | b                     | b              | its neighbour's
            inbox           | ./b//c/..x            | b              | below it
            inbox           | b/archive             | b              | its archive
            inbox           | b/${run.id}           | b              | a folder in it
            inbox           | ${definition}         | a              | by the name of the job
            inbox           | ${request.x:-z}       | b              | as a request may ask
            inbox           | x-${file.stem}/in     | x-7/in         | in the middle
            .               | inbox/b               | b              | a root around it
            linked          | b                     | b              | by a link
            """)
    void refusesADeliveryIntoAnyDropFolder(String deliveryRoot, String delivery, String drop, String what)
            throws IOException {
        Files.createDirectories(root.resolve("inbox"));
        Files.createSymbolicLink(root.resolve("linked"), root.resolve("inbox"));
        folders = folders("inbox", deliveryRoot);
        job("a", delivery).job("z", "apart/${run.id}", drop);
        if (delivery.contains("definition")) {
            assertThat(what).contains("name");
        }

        assertThat(problems()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.isWarning()).as(what).isFalse();
            assertThat(diagnostic).asString().startsWith("a.yaml:9:").contains("z.yaml:12:", "delivery-root is");
        });
    }

    @Test
    void refusesADropFolderWhereAnotherPutsItsFilesAway() throws IOException {
        job("twice", "out", "twice", "twice/archive").job("deep", "out", "deep/./failed/by/day", "deep");
        job("root", "out", "mine", "mine/.processing").job("fine", "out", "archive", "a/b", "a");

        assertThat(problems())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "deep.yaml:12:17: 'folder' lies in 'failed' of the drop folder in deep.yaml:13:17: files put away"
                                + " there would be scored again — use a folder outside of it",
                        "root.yaml:13:17: 'folder' lies in '.processing' of the drop folder in root.yaml:12:17: files put"
                                + " away there would be scored again — use a folder outside of it",
                        "twice.yaml:13:17: 'folder' lies in 'archive' of the drop folder in twice.yaml:12:17: files put"
                                + " away there would be scored again — use a folder outside of it");
    }

    @Test
    void refusesTheFolderWhereTakenFilesAreKept() throws IOException {
        folders = folders("inbox", "inbox");
        job("a", "out", ".processing/x").job("b", ".processing/${run.id}");

        assertThat(problems())
                .extracting(Diagnostic::toString)
                .hasSize(2)
                .allMatch(problem ->
                        problem.contains(root.resolve("inbox/.processing") + ", where taken files are kept"));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            drop              | drop                     | a.csv
            drop              | ./drop/                  | a.csv
            drop              | x//../drop               |
            drop *.csv        | drop report-*.csv        | report-.csv
            drop a*.csv       | drop *b.csv              | ab.csv
            drop a*.csv       | drop b*.csv              |
            drop *.csv        | drop *.CSV               |
            drop {a,b}.csv    | drop {c,b}.csv           | b.csv
            drop {a,b}.csv    | drop {c,d}.csv           |
            drop [a-f]?.csv   | drop [!a-e]1.csv         | f1.csv
            drop [a-c].csv    | drop [d-f].csv           |
            drop ?.csv        | drop ??.csv              |
            drop **           | drop x.txt               | x.txt
            drop *            | drop .*                  |
            drop []].csv      | drop ].csv               |
            """)
    void refusesTwoTakersOfOneFile(String one, String other, String witness) throws IOException {
        job("a", "out-a", one).job("b", "out-b", other);

        if (witness == null) {
            assertThat(problems()).extracting(Diagnostic::toString).noneMatch(problem -> problem.contains("chance"));
        } else {
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "b.yaml:12:17: 'folder' is the drop folder in a.yaml:12:17 too, and both take a file such"
                                    + " as '" + witness + "'");
        }
    }

    @Test
    void warnsOfNamesThatSomeDisksTakeForOne() throws IOException {
        folders = folders("inbox", "inbox");
        job("a", "apart", "Drop", "gr\u00fcn").job("b", "dROP", "drop", "gru\u0308n");

        assertThat(problems())
                .hasSize(3)
                .allMatch(Diagnostic::isWarning)
                .extracting(Diagnostic::toString)
                .allMatch(warning -> warning.contains("case or spelling"))
                .anyMatch(warning -> warning.startsWith("b.yaml:9:21: warning: the delivery folder"));
    }

    @Test
    void refusesAGlobThatMatchesWhatTheJobDelivers() throws IOException {
        folders = folders("inbox", "definitions");
        job("a", "in").job("b", "out/${run.id}");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("a.yaml:5:11: 'from' matches what the job delivers, such as 'in/.csv' (a.yaml:9:21;");
    }

    @Test
    void saysThatTheDeliveryRootIsTooLong() throws IOException {
        folders = new Folders(root, root.resolve(("x".repeat(200) + "/").repeat(5)), Set.of());
        job("a", "out");

        assertThat(problems()).singleElement().asString().startsWith("orchestrator.pipeline.delivery-root: is 1");
    }

    @Test
    void takesFoldersThatHaveNothingToDoWithEachOther() throws IOException {
        folders = folders("data", "data/out");
        job("a", "a/${fire.time:yyyy}/${run.id}".replace("fire", "run"), "a", "b x*.csv")
                .job("b", "${definition}/${run.id}", "b y*.csv", "a/nested")
                .job("c", "archive", "c");

        assertThat(problems()).isEmpty();
    }

    @Test
    void allowsADropFolderInsideARecursiveOne() throws IOException {
        recursive("a", "b").job("z", "apart/${run.id}", "b/c");

        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesADropFolderThatALinkPutsInsideARecursiveOne() throws IOException {
        Files.createDirectories(root.resolve("inbox/b/c"));
        Files.createSymbolicLink(root.resolve("inbox/linked"), root.resolve("inbox/b/c"));
        recursive("a", "b").job("z", "apart/${run.id}", "linked");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(
                        "z.yaml:12:17: 'folder' is by a link a folder in the drop folder in a.yaml:12:17, which is recursive");
    }

    private FolderValidatorTests recursive(String name, String drop) throws IOException {
        job(name, "apart/${run.id}", drop);
        Path file = definitions.resolve(name + ".yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("folder: \"" + drop + "\" }", "folder: \"" + drop + "\", recursive: true }"));
        return this;
    }
}
