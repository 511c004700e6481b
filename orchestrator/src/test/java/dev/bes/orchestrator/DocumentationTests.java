package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people, held against what there is: the index against the pages, the glossary against the classes. */
class DocumentationTests {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path CONTRIBUTING = ROOT.resolve("CONTRIBUTING.md");
    /** An entry of the index: {@code - [title](page.md) …}. */
    private static final Pattern ENTRY = Pattern.compile("(?m)^- \\[([^]\\n]+)]\\(([^)\\n]+\\.md)\\)(.*)$");

    private static final Pattern WORD = Pattern.compile("(?m)^\\| ([^|\\n]+) \\| [^|\\n]+ \\| ([^|\\n]+) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+/)*([A-Z][a-z]\\w*)(?:\\.\\w+)?`");

    private static List<MatchResult> index() throws IOException {
        return ENTRY.matcher(Files.readString(DOCS.resolve("README.md")))
                .results()
                .toList();
    }

    /** The rows of the glossary, without its head. */
    private static List<MatchResult> glossary() throws IOException {
        return WORD.matcher(Files.readString(CONTRIBUTING))
                .results()
                .filter(row -> !row.group(1).equals("word"))
                .toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** The simple names of all classes that have a file, in all modules, below one of these folders. */
    private static Set<String> classes(String... sources) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.flatMap(module -> Stream.of(sources).map(module::resolve))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> {
                        try {
                            return files(folder, ".java").stream();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void listsEveryPageOnce() throws IOException {
        assertThat(index().stream().map(entry -> entry.group(2)))
                .containsExactlyInAnyOrderElementsOf(files(DOCS, ".md").stream()
                        .map(file -> DOCS.relativize(file).toString())
                        .filter(page -> !page.equals("README.md"))
                        .toList());
    }

    @Test
    void listsEveryDecisionByItsTitle() throws IOException {
        for (MatchResult entry : index()) {
            if (entry.group(2).startsWith("decisions/")) {
                String heading =
                        Files.readAllLines(DOCS.resolve(entry.group(2))).getFirst();
                assertThat("# " + entry.group(1)).as(entry.group(2)).isEqualTo(heading);
            } else {
                assertThat(entry.group(3))
                        .as("what %s is about", entry.group(2))
                        .isNotBlank();
            }
        }
    }

    @Test
    void namesInTheGlossaryOnlyClassesThatThereAre() throws IOException {
        Set<String> classes = classes("src/main/java");

        assertThat(glossary()).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(named(row.group(2)))
                    .as("the classes of the word '%s'", row.group(1))
                    .isNotEmpty();
            assertThat(named(row.group(2)))
                    .as("classes of the word '%s' that there are not", row.group(1))
                    .filteredOn(name -> !classes.contains(name))
                    .isEmpty();
        });
    }

    @Test
    void explainsEveryWordOnce() throws IOException {
        assertThat(glossary().stream().map(row -> row.group(1))).doesNotHaveDuplicates();
    }

    @Test
    void namesToContributorsOnlyClassesThatThereAre() throws IOException {
        Set<String> classes = classes("src/main/java", "src/test/java");

        for (Path page : List.of(CONTRIBUTING, Path.of("src/test/README.md"))) {
            List<String> names = named(Files.readString(page));
            assertThat(names).isNotEmpty();
            assertThat(names)
                    .as("classes on %s that there are not", page)
                    .filteredOn(name -> !classes.contains(name))
                    .isEmpty();
        }
    }

    private static List<String> named(String text) {
        return CLASS.matcher(text).results().map(name -> name.group(1)).toList();
    }
}
