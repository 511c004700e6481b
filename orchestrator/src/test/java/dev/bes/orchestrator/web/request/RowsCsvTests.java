package dev.bes.orchestrator.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsCsvTests {
    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    private static String csv(List<String> columns, List<Map<String, @Nullable Object>> rows) {
        return new String(RowsCsv.of("in", columns, rows), StandardCharsets.UTF_8);
    }

    private static String mistake(List<String> columns, List<Map<String, @Nullable Object>> rows) {
        return String.valueOf(catchThrowableOfType(ProblemException.class, () -> csv(columns, rows))
                .getMessage());
    }

    @Test
    void writesTheColumnsOfTheDefinitionFirst() {
        assertThat(csv(List.of("b"), List.of(row("a", 1, "b", "x"), row("b", "y", "a", null))))
                .isEqualTo("b,a\nx,1\ny,\"\"\n");
    }

    @Test
    void writesValuesSoThatTheyAreReadAsTheyWere() {
        assertThat(csv(
                        List.of(),
                        List.of(row(
                                "t",
                                "a \"b\", c\nd",
                                "n",
                                new BigDecimal("12345678901234567890.10"),
                                "y",
                                true,
                                "ö",
                                "😀"))))
                .isEqualTo("t,n,y,ö\n\"a \"\"b\"\", c\nd\",12345678901234567890.10,true,😀\n");
    }

    @Test
    void pointsAtTheMistake() {
        assertThat(mistake(List.of(), List.of())).contains("#/inputs/in/rows is empty; send at least one row");
        assertThat(mistake(List.of("a"), List.of(row("a", 1, "b", 2), row("b", 3))))
                .contains("#/inputs/in/rows/1 has no 'a'; the columns are: a, b");
        assertThat(mistake(List.of(), List.of(row("a", 1), row("a", 1, "c/d", 2))))
                .contains("#/inputs/in/rows/1/c~1d is no column of the first row");
        assertThat(mistake(List.of(), List.of(row("a", List.of()))))
                .contains("#/inputs/in/rows/0/a must be text, a number, true, false or null");
        assertThat(mistake(List.of("a"), List.of(row("a", "x\0")))).contains("#/inputs/in/rows/0/a holds a NUL");
    }
}
