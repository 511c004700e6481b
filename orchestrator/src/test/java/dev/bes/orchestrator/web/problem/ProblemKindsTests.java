package dev.bes.orchestrator.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ProblemDetail;

/** Every failure has a type, every type is explained, and none is left over. */
class ProblemKindsTests {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern USED = Pattern.compile("ProblemKind\\.([A-Z_]+)");
    // in the first column of the tables: a status, and slugs in backticks
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\d{3} (?:with )?((?:`[a-z-]+`(?:, )?)+) \\|");
    private static final Pattern SLUG = Pattern.compile("`([a-z-]+)`");

    private static Set<String> slugs() {
        return Arrays.stream(ProblemKind.values()).map(ProblemKind::slug).collect(Collectors.toSet());
    }

    @Test
    void areAllExplainedInTheDocumentation() throws IOException {
        Set<String> explained = ROW.matcher(Files.readString(DOCS.resolve("problems.md")))
                .results()
                .flatMap(row -> SLUG.matcher(row.group(1)).results())
                .map(slug -> slug.group(1))
                .collect(Collectors.toSet());

        assertThat(explained).isEqualTo(slugs());
    }

    @Test
    void areAllInTheDocumentOfTheApi() throws IOException {
        Set<String> named = Pattern.compile("- /docs/problems#([a-z-]+)")
                .matcher(Files.readString(DOCS.resolve("openapi.yaml")))
                .results()
                .map(slug -> slug.group(1))
                .collect(Collectors.toSet());

        assertThat(named).isEqualTo(slugs());
    }

    @Test
    void areAllUsed() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            Set<String> used = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> USED.matcher(read(file)).results().map(MatchResult::group))
                    .map(name -> name.substring("ProblemKind.".length()))
                    .collect(Collectors.toSet());
            List<String> unused = Arrays.stream(ProblemKind.values())
                    .map(Enum::name)
                    .filter(name -> !used.contains(name))
                    .toList();
            assertThat(unused).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 416, 417, 431, 500, 501, 503, 505})
    void haveATypeForEachStatusOfTheServer(int status) {
        ProblemDetail problem = ProblemKind.typed(ProblemDetail.forStatus(status));

        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(String.valueOf(problem.getType())).startsWith("/docs/problems#");
        assertThat(slugs()).contains(String.valueOf(problem.getType()).substring("/docs/problems#".length()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
