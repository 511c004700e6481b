package dev.bes.orchestrator.pipeline.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.run.fold.FoldMembers.Staged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rows of a shared answer belong to whom, and what is said of those that are not there. */
class FoldedAnswerTests {
    private static final List<Staged> MEMBERS = List.of(
            new Staged(11, 2, "a.csv", true), new Staged(12, 3, "b.csv", true), new Staged(13, 1, "c.csv", true));
    private static final Output ABSENT = new Output(Rows.SAME, List.of("row", "x", "file"), Header.ABSENT);
    private static final Fold NUMBERED = fold("row");
    private static final Fold UNNUMBERED = fold(null);

    private static Fold fold(@Nullable String row) {
        return new Fold(500, 1_000, Duration.ZERO, "file", row);
    }

    private interface Use {
        void of(FoldedAnswer answer) throws IOException;
    }

    private static void answer(Fold fold, Output output, String text, Use use) throws IOException, InvalidCsvException {
        try (RowSlots slots = new RowSlots(6)) {
            FoldedAnswer answer = new FoldedAnswer(fold, output, MEMBERS, slots);
            for (byte each : text.getBytes(UTF_8)) {
                answer.write(each);
            }
            answer.end();
            use.of(answer);
        }
    }

    private static String rows(FoldedAnswer answer, int member) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        assertThat(answer.copy(member, rows)).isEqualTo(rows.size());
        return rows.toString(UTF_8);
    }

    private static void isRefused(String text, String message) {
        assertThatThrownBy(() -> answer(NUMBERED, ABSENT, text, answer -> {}))
                .isInstanceOf(InvalidCsvException.class)
                .hasMessage("The answer to the shared job is not readable: " + message);
    }

    @Test
    void putsRowsInOrderWhateverTheOrderOfTheAnswer() throws IOException, InvalidCsvException {
        answer(
                NUMBERED,
                ABSENT,
                "2,b2,12.csv\n0,a0,11.csv\n1,\"b\n\"\"1\",12.csv\r\n0,b0,12.csv\n1,a1,11.csv\n0,c0,\"13.csv\"",
                answer -> {
                    assertThat(List.of(0, 1, 2)).allMatch(i -> answer.failure(i) == null);
                    assertThat(rows(answer, 0)).isEqualTo("a0\na1\n");
                    assertThat(rows(answer, 1)).isEqualTo("b0\n\"b\n\"\"1\"\r\nb2\n");
                    assertThat(rows(answer, 2)).isEqualTo("c0\n");
                });
    }

    @Test
    void keepsTheOrderOfRowsWithoutNumbers() throws IOException, InvalidCsvException {
        answer(
                UNNUMBERED,
                new Output(Rows.SAME, List.of("file", "x", "y"), Header.ABSENT),
                "in/12.csv,b0,\nin\\11.csv,a0,1\nin/12.csv,,b1\n11.csv,a1,2\n12.csv,b2,3\n",
                answer -> {
                    assertThat(rows(answer, 0)).isEqualTo("a0,1\na1,2\n");
                    assertThat(rows(answer, 1)).isEqualTo("b0,\n,b1\nb2,3\n");
                    assertThat(answer.failure(2)).isEqualTo("1 of 1 rows of c.csv are missing in the answer");
                });
    }

    @Test
    void givesEachItsHeaderIfTheAnswerHasOne() throws IOException, InvalidCsvException {
        answer(
                NUMBERED,
                new Output(Rows.SAME, List.of("row", "file")),
                "x,file,row,y\n1,13.csv,0,2\n",
                answer -> assertThat(rows(answer, 2)).isEqualTo("x,y\n1,2\n"));
    }

    @Test
    void namesWhatIsMissing() throws IOException, InvalidCsvException {
        answer(NUMBERED, ABSENT, "1,b1,12.csv\n1,a1,11.csv\n", answer -> {
            assertThat(answer.failure(0)).isEqualTo("row 1 of a.csv is missing in the answer");
            assertThat(answer.failure(1)).isEqualTo("rows 1 and 3 of b.csv are missing in the answer");
            assertThat(answer.failure(2)).isEqualTo("All 1 rows of c.csv are missing in the answer");
        });
    }

    @Test
    void refusesRowsThatAreThereTwiceOrOneTooMany() throws IOException, InvalidCsvException {
        answer(NUMBERED, ABSENT, "0,a0,11.csv\n0,a0,11.csv\n3,b,12.csv\n1.0,c,13.csv\n", answer -> {
            assertThat(answer.failure(0)).isEqualTo("The answer for a.csv has row 1 twice; it is not delivered");
            assertThat(answer.failure(1))
                    .isEqualTo("The answer for b.csv has a row numbered 3, of 3 from 0; it is not delivered");
            assertThat(answer.failure(2))
                    .isEqualTo("The answer for c.csv has a row numbered 1.0, of 1 from 0; it is not delivered");
        });
        answer(
                UNNUMBERED,
                ABSENT,
                "0,c0,13.csv\n0,c1,13.csv\n",
                answer -> assertThat(answer.failure(2))
                        .isEqualTo("The answer for c.csv has more than 1 rows; it is not delivered"));
    }

    @Test
    void refusesAnAnswerOfOtherFiles() {
        isRefused("0,a,11.csv\n0,a,14.csv\n", "line 2 is of file '14.csv', which is not in the job");
    }

    @Test
    void refusesAnAnswerThatIsNoTable() {
        isRefused("0,a\n", "line 1 has 2 fields instead of 3");
        isRefused("0,\"a,11.csv\n", "line 0 has a quote that is not closed");
    }

    @Test
    void refusesAHeaderWithoutTheColumns() {
        assertThatThrownBy(() -> answer(NUMBERED, new Output(Rows.SAME, List.of()), "a,row\n", answer -> {}))
                .hasMessageEndingWith("line 1 is the header and has no column 'file'");
    }
}
