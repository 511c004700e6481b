package dev.bes.sandbox.onnx;

import static dev.bes.sandbox.onnx.TestModel.GOLDEN;
import static dev.bes.sandbox.onnx.TestModel.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.model.ModuleFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTests {

    @TempDir
    private Path folder;

    private WebService service(String piece, String other) throws IOException {
        assertThat(YAML).contains(piece);
        return TestModel.service(TestModel.write(folder, YAML.replace(piece, other), GOLDEN));
    }

    @Test
    void addsLabelsAndValuesToTheKeptColumns() throws IOException {
        Dataset scored = TestModel.score(
                service("keep: [Id]", "keep: [Id, Size]"), "Speed,More,Size,Id\n150,x,Small,7\n300,y,Large,8\n");

        assertThat(scored.columns())
                .containsExactly(
                        Column.text("Id"),
                        Column.text("Size"),
                        Column.text("Label"),
                        new Column("Value", ColumnType.DOUBLE));
        assertThat(scored.rows())
                .containsExactly(List.of("7", "Small", "small", "0.5"), List.of("8", "Large", "fast", "2.0"));
    }

    @Test
    void keepsAllColumnsButThoseThatResultsReplace() throws IOException {
        Dataset scored = TestModel.score(service("keep: [Id]", "keep: all"), "Id,Value,Speed,Size\n7,old,150,Small\n");

        assertThat(TestModel.names(scored)).containsExactly("Id", "Speed", "Size", "Label", "Value");
        assertThat(scored.rows()).containsExactly(List.of("7", "150", "Small", "small", "0.5"));
    }

    @Test
    void refusesMissingValuesUnlessThePolicySaysWhatToDo() throws IOException {
        WebService strict = service("keep: [Id]", "keep: [Id]");
        String one = "Id,Size,Speed\n1,Small,100\n";

        assertThatThrownBy(() -> TestModel.score(strict, one + "2,Small,\n"))
                .isInstanceOf(InvalidDataset.class)
                .hasMessage("row 2: column \"Speed\" has no value");
        assertThatThrownBy(() -> TestModel.score(strict, one + "2,,100\n"))
                .hasMessage("row 2: column \"Size\" has no value");
        assertThatThrownBy(() -> TestModel.score(strict, one + "2,Huge,100\n"))
                .hasMessage("row 2: \"Huge\" in column \"Size\" is none of the model's values: Small, Large");
        assertThatThrownBy(() -> TestModel.score(strict, one + "2,Small,NaN\n"))
                .hasMessage("row 2: \"NaN\" in column \"Speed\" is no finite number");
        assertThatThrownBy(() -> TestModel.score(strict, "Id,Size\n1,Small\n"))
                .isInstanceOf(ModuleFailure.class)
                .hasMessage("Error 0001: Column with name or index \"Speed\" not found.");
    }

    @Test
    void putsConstantsAndZerosWhereThePolicySaysSo() throws IOException {
        String yaml = YAML.replace("scale: 0.01", "scale: 0.01, missing: {constant: 200}")
                .replace("Large]}", "Large], missing: zeros, unknown: zeros}")
                .replace("at: 2}", "at: 2}\n    - {column: Small, tensor: y}\n    - {column: Large, tensor: y, at: 1}");
        String golden = "Id,Size,Speed,Label,Value,Small,Large\n1,Small,150,small,0.5,1,0\n";
        WebService service = TestModel.service(TestModel.write(folder, yaml, golden));

        assertThat(TestModel.score(service, "Id,Size,Speed\n1,,\n2,Huge,100\n3,Large,100\n")
                        .rows())
                .containsExactly(
                        List.of("1", "fast", "1.0", "0.0", "0.0"),
                        List.of("2", "small", "0.0", "0.0", "0.0"),
                        List.of("3", "large", "0.0", "0.0", "1.0"));
    }

    @Test
    void scoresTextsAndWholeNumbers() throws IOException {
        String texts = YAML.replaceAll("(?m)^.*(one-hot|offset|labels).*\n", "")
                .replace("      columns:\n  keep", "      columns:\n        - {column: Size}\n  keep")
                .replace("at: 2", "at: 0");
        WebService service = TestModel.service(
                TestModel.write(folder, texts, "Id,Size,Value\n1,Small,Small\n", DataType.STRING, -1, 1));
        assertThat(TestModel.score(service, "Id,Size\n1,any\n").rows()).containsExactly(List.of("1", "any"));

        String whole = texts.replace("{column: Size}", "{column: Speed}");
        WebService numbers =
                TestModel.service(TestModel.write(folder, whole, "Id,Speed,Value\n1,7,7\n", DataType.INT64, -1, 1));
        assertThat(TestModel.score(numbers, "Id,Speed\n1,12\n").rows()).containsExactly(List.of("1", "12"));
        assertThatThrownBy(() -> TestModel.score(numbers, "Id,Speed\n1,0.5\n"))
                .hasMessageContaining("row 1: 0.5 is no whole number");
    }

    @Test
    void keepsTheOrderOfRowsOverManyBlocks() throws IOException {
        int rows = 2 * OnnxModel.BLOCK + 17;
        String csv = IntStream.range(0, rows)
                .mapToObj(i -> i + ",Small," + (100 + i))
                .collect(Collectors.joining("\n", "Id,Size,Speed\n", "\n"));

        WebService service = service("keep: [Id]", "keep: [Id]");
        List<List<String>> scored = TestModel.score(service, csv).rows();

        assertThat(scored).hasSize(rows);
        assertThat(IntStream.range(0, rows))
                .allSatisfy(i -> assertThat(scored.get(i))
                        .startsWith(Integer.toString(i))
                        .endsWith(Float.toString((float) (i * 0.01))));
    }

    @Test
    void isAServiceBesideTheOthers() throws IOException {
        TestModel.write(folder, YAML, GOLDEN);

        assertThat(Catalogue.demo().withModels(folder).services())
                .extracting(WebService::name)
                .contains("DamagePrediction")
                .endsWith("mine");
        assertThat(Catalogue.demo()
                        .withModels(folder.resolve("mine"))
                        .named("mine")
                        .outputs())
                .containsExactly("output1");
        assertThatThrownBy(() -> Catalogue.demo().withModels(folder).withModels(folder))
                .hasMessageContaining("mine/model.yaml:1:7: 'mine' is there twice");
    }
}
