package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of faults and of security name tests that there are. */
class FaultTableTests {
    private static final Path TABLE = Path.of("../docs/faults.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../cli/src/test/java"),
            Path.of("../sandbox/src/test/java"),
            Path.of("../testbench/src/test/java"));
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d+|F-[a-z-]+) \\|([^|\\n]+)\\|([^|\\n]+)\\|([^|\\n]+)\\|([^|\\n]+)\\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:\\.[a-z]\\w*)?|scripts/\\w+)`");

    private record Row(String number, String test) {
        List<String> names() {
            return NAME.matcher(test)
                    .results()
                    .map(name -> name.group().replace("`", ""))
                    .toList();
        }
    }

    private static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(TABLE))
                .results()
                .map(row -> new Row(row.group(1), row.group(5).strip()))
                .toList();
    }

    @Test
    void hasARowForEachOfTheEightyFaults() throws IOException {
        assertThat(rows().stream().map(Row::number).filter(number -> !number.startsWith("F-")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 80).mapToObj(String::valueOf).toList());
        assertThat(rows().stream().map(Row::number))
                .doesNotHaveDuplicates()
                .as("every row of the tables can be read")
                .hasSize(Math.toIntExact(Files.readString(TABLE)
                        .lines()
                        .filter(line -> line.matches("\\| (\\d|F-).*"))
                        .count()));
    }

    @Test
    void namesATestOrSaysWhyThereIsNone() throws IOException {
        assertThat(rows()).filteredOn(row -> row.names().isEmpty()).allMatch(row -> row.test.startsWith("Not "));
        assertThat(rows())
                .filteredOn(row -> row.names().stream().anyMatch(name -> !name.startsWith("scripts/")))
                .as("rows with a test that always runs")
                .hasSizeGreaterThanOrEqualTo(65);
    }

    @TestFactory
    Stream<DynamicTest> namesTestsThatThereAre() throws IOException {
        Stream<String> ofSecurity = NAME.matcher(Files.readString(Path.of("../docs/security.md")))
                .results()
                .map(name -> name.group(1))
                .filter(name -> name.matches("\\w+Tests(\\..+)?"));
        List<String> names = Stream.concat(rows().stream().flatMap(row -> row.names().stream()), ofSecurity)
                .distinct()
                .toList();
        assertThat(names).isNotEmpty();
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> isThere(name)));
    }

    private static void isThere(String name) throws IOException {
        if (name.startsWith("scripts/")) {
            assertThat(Path.of("..", name)).isExecutable();
            return;
        }
        int dot = name.indexOf('.');
        Pattern test = aTest(dot < 0 ? "\\w+" : name.substring(dot + 1));
        assertThat(sources(dot < 0 ? name : name.substring(0, dot)))
                .anySatisfy(source -> assertThat(source).containsPattern(test));
    }

    /** The declaration of a method of that name, below an annotation that makes it a test. */
    private static Pattern aTest(String name) {
        return Pattern.compile("(?s)\n    @(Test|TestFactory|ParameterizedTest|RepeatedTest|Property)\\b"
                + "(?:(?!\n\n|\n    }\n).)*\n    [^\\s@/][^\n]*\\b" + name + "\\(");
    }

    private static List<String> sources(String test) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(f -> f.endsWith(test + ".java")).toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }
}
