package dev.bes.orchestrator.pipeline.compare;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim.Part;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.shadow.Comparison;
import dev.bes.orchestrator.run.shadow.Comparison.ColumnDifference;
import dev.bes.orchestrator.run.shadow.Comparison.DifferentValue;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import dev.bes.orchestrator.run.shadow.ShadowOutputs;
import dev.bes.orchestrator.run.shadow.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is found in two outputs of the same input. */
class ShadowComparerTests {
    private static final String MINE = "out/5/3-1/mine/output1.csv";
    private static final String OTHER = "out/7/3-1/" + NONCE + "/output1.csv";
    private static final Output ANY = new Output(Rows.ANY, List.of());

    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private @Nullable Comparison kept;
    private Output output = ANY;
    private Shadow shadow = shadow(0.001, null);

    private static Shadow shadow(double tolerance, @Nullable Header header) {
        return new Shadow("model", 100, tolerance, Map.of("Rough", 10.0), header);
    }

    private @Nullable Part part;

    private final ShadowOutputs outputs = new ShadowOutputs() {
        @Override
        public Optional<Delivered> deliveredOf(long run) {
            return Optional.of(new Delivered(
                    5, 3, Map.of("output1", new DeliveredOutput(MINE, "/there/a.csv", 3, 60, "ca5e")), part));
        }

        @Override
        public void keep(long run, Comparison found) {
            kept = found;
        }
    };

    private String compare() throws InvalidCsvException, IOException {
        return new ShadowComparer(StepFixture.reader(blobs), outputs)
                .compare(aClaim(Step.SCORED)
                        .output("output1", output)
                        .shadow(shadow)
                        .build());
    }

    private Comparison found(String delivered, String shadowed) throws InvalidCsvException, IOException {
        blobs.with(MINE, delivered).with(OTHER, shadowed);
        compare();
        return Objects.requireNonNull(kept);
    }

    private OutputDifference difference(String delivered, String shadowed) throws InvalidCsvException, IOException {
        return found(delivered, shadowed).outputs().getFirst();
    }

    @Test
    void isTheSameWhateverTheOrderOfColumnsTheLineEndsAndTheQuotes() throws InvalidCsvException, IOException {
        Comparison found =
                found("\uFEFFLabel,P\r\nYes,0.25\r\n\"N,o\",1\r\n", "P,Label\n0.2500,\"Yes\"\n1.0,\"N,o\"\n");

        assertThat(found.verdict()).isEqualTo(Verdict.SAME);
        assertThat(found.outputs().getFirst().rows()).isEqualTo(2);
        assertThat(found.outputs().getFirst().differs()).isFalse();
        assertThat(compare()).isEqualTo("Compared with scoring 3 of run 5: same");
    }

    @Test
    void countsTextsAndAddsUpNumbersByColumn() throws InvalidCsvException, IOException {
        OutputDifference found = difference(
                "Label,P,Rough\nYes,0.3,100\nNo,0.5,200\nNo,0.7,300\nYes,,1\n",
                "Label,P,Rough\nYes,0.1,105\nYes,0.5005,200\nNo,0.7,315\nYes,x,1\n");

        assertThat(found.rows()).isEqualTo(4);
        assertThat(found.differentRows()).isEqualTo(4);
        assertThat(found.columns())
                .containsExactly(
                        new ColumnDifference("P", 1, 3, 1, 0.2, 0.2005 / 3),
                        new ColumnDifference("Rough", 0, 4, 1, 15, 5),
                        new ColumnDifference("Label", 1, 0, 0, 0, 0));
        assertThat(found.first())
                .containsExactly(
                        new DifferentValue(1, "P", "0.3", "0.1"),
                        new DifferentValue(2, "Label", "No", "Yes"),
                        new DifferentValue(3, "Rough", "300", "315"),
                        new DifferentValue(4, "P", "", "x"));
    }

    @Test
    void isTheSameWithinTheTolerance() throws InvalidCsvException, IOException {
        assertThat(found("P\n0.001\n", "P\n0.002\n").verdict()).isEqualTo(Verdict.SAME);
        assertThat(found("P\n0.001\n", "P\n0.0021\n").verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(found("Rough\n1\n", "Rough\n11\n").verdict()).isEqualTo(Verdict.SAME);
        assertThat(found("P\nNaN\n", "P\nNaN\n").verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void namesRowsAndColumnsThatOnlyOneHas() throws InvalidCsvException, IOException {
        OutputDifference found = difference("A,B\n1,2\n3,4\n5,6\n", "C,A\n0,1\n");

        assertThat(found.rows()).isEqualTo(3);
        assertThat(found.shadowRows()).isEqualTo(1);
        assertThat(found.differentRows()).isZero();
        assertThat(found.missing()).containsExactly("B");
        assertThat(found.added()).containsExactly("C");
        assertThat(found.differs()).isTrue();
        assertThat(difference("A\n1\n", "A\n1\n2\n").shadowRows()).isEqualTo(2);
    }

    @Test
    void givesAShadowWithoutAHeaderTheColumnsOfTheDeliveredOutput() throws InvalidCsvException, IOException {
        shadow = shadow(0.001, Header.ABSENT);
        assertThat(found("A,B\n1,2\n", "1,2\n").verdict()).isEqualTo(Verdict.SAME);
        assertThat(found("A,B\n1,2\n", "1,2,3\n").cause())
                .isEqualTo("The shadow's output 'output1' has no header and 3 columns, the delivered one has 2");
    }

    @Test
    void readsTheDeliveredOutputWithoutAHeaderByTheDefinition() throws InvalidCsvException, IOException {
        output = new Output(Rows.ANY, List.of("A", "B"), Header.ABSENT);
        assertThat(found("1,2\n", "1,2\n").verdict()).isEqualTo(Verdict.SAME);
        shadow = shadow(0.001, Header.PRESENT);
        assertThat(found("1,2\n", "B,A\n2,1\n").verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void saysWhyOutputsCanNotBeCompared() throws InvalidCsvException, IOException {
        assertThat(found("A\n1\n", "0.25\n0.5\n"))
                .isEqualTo(Comparison.impossible("The outputs 'output1' have no column in common. If the shadow's come"
                        + " without a header, write 'header: absent' under 'shadow'"));
        assertThat(found("A\n1\n", "A,A\n1,1\n").cause()).isEqualTo("The shadow's output has column 'A' twice");
        assertThat(found("A,A\n1,1\n", "A\n1\n").cause()).isEqualTo("The delivered output has column 'A' twice");
        assertThat(found("A\n1\n", "").cause()).isEqualTo("The shadow's output 'output1' is empty");
        blobs.blobs.remove(MINE);
        compare();
        assertThat(kept)
                .extracting(Comparison::cause)
                .asString()
                .startsWith("The output 'output1' that was delivered is no");
    }

    @Test
    void triesAgainWhatIsNotThereYetOrInvalid() {
        blobs.with(MINE, "A\n1\n");
        assertThatThrownBy(this::compare).isInstanceOf(RemoteException.NotFound.class);
        blobs.with(OTHER, "A,B\n1,2\n3\n");
        assertThatThrownBy(this::compare)
                .isInstanceOf(InvalidCsvException.class)
                .hasMessageStartingWith("is not readable as CSV: ");
        assertThat(kept).isNull();
    }

    @Test
    void keepsHostileTextsShortAndVisible() throws InvalidCsvException, IOException {
        String bomb = "1e999999999";
        OutputDifference found = difference(
                "\u202Ex,y\n" + "a".repeat(10_000) + "," + bomb + "\n", "\u202Ex,y\nb\u0007,-" + bomb + "\n");

        assertThat(found.first())
                .containsExactly(
                        new DifferentValue(1, "⟨U+202E⟩x", "a".repeat(199) + "…", "b⟨U+0007⟩"),
                        new DifferentValue(1, "y", bomb, "-" + bomb));
        assertThat(difference("y\n1e308\n-1e308\n", "y\n-1e308\n1e308\n")
                        .columns()
                        .getFirst())
                .isEqualTo(new ColumnDifference("y", 0, 2, 2, Double.MAX_VALUE, Double.MAX_VALUE));
    }

    @Test
    void readsOfAnAnswerToSeveralScoringsThePartOfItsOwn() throws Exception {
        String before = "Rough,Fine\n7,8\n";
        String own = "Rough,Fine\n1,2\n";
        part = new Part(MINE, before.length(), own.length());

        assertThat(found(before + own + before, own).verdict()).isEqualTo(Verdict.SAME);
    }
}
