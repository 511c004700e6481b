package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people, held against what there is: the index and the glossary, the picture and the ways through the code. */
class DocumentationTests {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path CONTRIBUTING = ROOT.resolve("CONTRIBUTING.md");
    /** An entry of the index: {@code - [title](page.md) …}. */
    private static final Pattern ENTRY = Pattern.compile("(?m)^- \\[([^]\\n]+)]\\(([^)\\n]+\\.md)\\)(.*)$");

    private static final Pattern WORD = Pattern.compile("(?m)^\\| ([^|\\n]+) \\| [^|\\n]+ \\| ([^|\\n]+) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+/)*([A-Z][a-z]\\w*)(?:\\.\\w+)?`");

    private static final Path ARCHITECTURE = DOCS.resolve("architecture.md");
    private static final Path CODE = Path.of("src/main/java/dev/bes/orchestrator");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
    private static final Pattern FOLDER = Pattern.compile("(?m)^( *)([.a-z-]+) {2,}\\S.*$");
    private static final Pattern ARROW = Pattern.compile("(?m)^([a-z/]+) +→ (.+)$");
    private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. `([a-zA-Z/]+)`: \\S.*$");
    private static final Pattern ALLOWED =
            Pattern.compile("@ApplicationModule\\(\\s*allowedDependencies = \\{([^}]*)}");
    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)[^\"]*\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?dev\\.bes\\.orchestrator\\.([a-z.]+)\\.([A-Z]\\w*)");

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

    @Test
    void drawsEveryFolderOfCode() throws IOException {
        Set<String> packages = packages();
        Set<String> drawn = drawnFolders();

        assertThat(drawn).containsAll(packages);
        assertThat(drawn)
                .filteredOn(folder -> !packages.contains(folder))
                .allSatisfy(folder -> assertThat(ROOT.resolve(folder)).isDirectory());
    }

    @Test
    void drawsTheArrowsBetweenModulesAsTheyAreDeclared() throws IOException {
        Map<String, Set<String>> declared = new TreeMap<>();
        for (Path info : files(CODE, "package-info.java")) {
            Matcher modules = ALLOWED.matcher(Files.readString(info));
            if (modules.find()) {
                declared.put(
                        room(info),
                        QUOTED.matcher(modules.group(1))
                                .results()
                                .map(name -> name.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }

        assertThat(drawnArrows(0)).isEqualTo(declared);
    }

    @Test
    void drawsTheArrowsInsideModulesAsTheImportsAre() throws IOException {
        Map<String, Set<String>> imported = new TreeMap<>();
        for (Path file : files(CODE, ".java")) {
            String from = room(file);
            String module = from.split("/", 2)[0];
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            IMPORT.matcher(code)
                    .results()
                    .filter(i -> code.split("\\b" + i.group(2) + "\\b").length > 2)
                    .map(i -> i.group(1).replace('.', '/'))
                    .filter(to -> to.startsWith(module + "/") && !to.equals(from))
                    .forEach(to -> imported.computeIfAbsent(from, room -> new TreeSet<>())
                            .add(to));
        }

        assertThat(drawnArrows(1)).isEqualTo(imported);
    }

    @Test
    void walksThreeWaysOfAtMostTwelveFilesThatThereAre() throws IOException {
        String[] ways = Files.readString(ARCHITECTURE).split("(?m)^### ");

        assertThat(ways).hasSize(4);
        for (String way : List.of(ways).subList(1, 4)) {
            List<String> files =
                    STEP.matcher(way).results().map(step -> step.group(1)).toList();
            assertThat(files)
                    .hasSizeBetween(3, 12)
                    .doesNotHaveDuplicates()
                    .allSatisfy(file -> assertThat(CODE.resolve(file + ".java")).isRegularFile());
        }
        assertThat(named(String.join("", ways))).isSubsetOf(classes("src/main/java", "src/test/java"));
    }

    /** The folders of the tree, as {@code orchestrator/run/claim}. */
    private static Set<String> drawnFolders() throws IOException {
        Set<String> folders = new TreeSet<>();
        Path above = Path.of("");
        for (MatchResult line : FOLDER.matcher(blocks().getFirst()).results().toList()) {
            int depth = line.group(1).length() / 2;
            above = depth == 0 ? Path.of("") : above.subpath(0, depth);
            above = above.resolve(line.group(2));
            folders.add(above.toString());
        }
        return folders;
    }

    /** The rows of one of the two blocks of arrows: who knows whom. */
    private static Map<String, Set<String>> drawnArrows(int block) throws IOException {
        return ARROW.matcher(blocks().get(1 + block))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2).equals("nothing")
                                ? Set.of()
                                : Set.of(row.group(2).split(", ")),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(ARCHITECTURE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The packages of main code of all modules, named as the tree names them. */
    private static Set<String> packages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String module :
                List.of("api", "benchmarks", "cli", "models", "orchestrator", "sandbox", "sandbox-onnx", "testbench")) {
            // the root package of sandbox-onnx is dev.bes.sandbox.onnx
            Path code = ROOT.resolve(module).resolve("src/main/java/dev/bes").resolve(module.replace('-', '/'));
            files(code, ".java")
                    .forEach(file -> packages.add(Path.of(module)
                            .resolve(code.relativize(file.resolveSibling("")))
                            .toString()));
        }
        return packages;
    }

    private static String room(Path file) {
        return CODE.relativize(file.resolveSibling("")).toString();
    }

    private static List<String> named(String text) {
        return CLASS.matcher(text).results().map(name -> name.group(1)).toList();
    }
}
