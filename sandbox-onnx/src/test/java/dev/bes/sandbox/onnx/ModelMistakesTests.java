package dev.bes.sandbox.onnx;

import static dev.bes.sandbox.onnx.TestModel.GOLDEN;
import static dev.bes.sandbox.onnx.TestModel.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bes.sandbox.catalogue.InvalidServicesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMistakesTests {

    @TempDir
    private Path folder;

    /** Each case replaces a piece of the file, and says where the mistake is and how its text begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: mine          | name: mine!           | 1:7: 'mine!' is not valid",
                "file: model.onnx    | file: ../model.onnx   | 16:9: '../model.onnx' is no name of a file",
                "file: model.onnx    | file: other.onnx      | 16:9: there is no file 'other.onnx' beside this one",
                "file: model.onnx    | file: golden.csv      | 16:9: ONNX Runtime cannot open the model: ",
                "  golden: golden.csv| ' #'                  | 15:3: the key 'golden' is missing",
                "name: x             | name: z               | 19:13: the model has no input tensor 'z'; it has: x",
                "column: Size        | column: Sise          | 21:20: no input declares the column 'Sise'",
                "[Small, Large]      | [Small, Small]        | 21:43: 'Small' is there twice",
                "[Small, Large]      | [Small]               | 21:9: tensor 'x' takes 3 values a row, the columns give 2",
                ", one-hot: [Small, Large] | ''              | 21:11: tensor 'x' is of type FLOAT, but column 'Size' gives texts",
                "scale: 0.01         | scale: small          | 22:47: 'small' is no number",
                "scale: 0.01         | factor: 2             | 22:40: unknown key 'factor'",
                "scale: 0.01         | missing: mean         | 22:49: 'mean' is no policy; write reject, or {constant: value}",
                "scale: 0.01         | 'missing: {constant: x}' | 22:49: 'x' is no number",
                "Large]}             | 'Large], missing: {constant: Huge}}' | 21:60: 'Huge' is not listed",
                "Large]}             | 'Large], unknown: ignore}' | 21:60: 'ignore' is no policy; write reject, zeros",
                "tensor: y, labels   | tensor: z, labels     | 25:31: the model has no output tensor 'z'; it has: y",
                "small, large, fast  | small, large          | 25:42: the tensor has 3 values a row, but there are 2 labels",
                "column: Label       | column: Value         | 26:7: 'Value' is there twice",
                "at: 2               | at: 3                 | 26:38: the tensor has 3 values a row; the first position is 0",
                "at: 2               | at: last              | 26:38: 'last' is no position",
                "keep: [Id]          | keep: Id              | 23:9: this is not a list",
            })
    void saysInWhichLineAndColumnAMistakeIs(String piece, String other, String mistake) throws IOException {
        assertThat(YAML).contains(piece);
        TestModel.write(folder, YAML.replace(piece, other), GOLDEN);

        assertThatThrownBy(() -> TestModel.service(folder))
                .isInstanceOf(InvalidServicesException.class)
                .hasMessageContaining("mine/model.yaml:" + mistake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FLOAT  | -1,3,1 | 19:13: tensor 'x' has 3 dimensions, not 2",
                "FLOAT  | 1,3    | 19:13: the first dimension of tensor 'x' is always 1",
                "FLOAT  | 1,3    | 25:31: the first dimension of tensor 'y' is always 1",
                "FLOAT  | -1,4   | 21:9: tensor 'x' takes 4 values a row, the columns give 3",
                "DOUBLE | -1,3   | 19:13: tensor 'x' is of type DOUBLE; export it as FLOAT",
                "STRING | -1,3   | 22:11: tensor 'x' is of type STRING, but column 'Speed' gives numbers",
                "INT64  | -1,3   | 25:42: tensor 'y' has no floats to choose a label by",
            })
    void holdsTheTensorsAgainstThoseOfTheModel(DataType type, String shape, String mistake) throws IOException {
        int[] sizes =
                Arrays.stream(shape.split(",")).mapToInt(Integer::parseInt).toArray();
        TestModel.write(folder, YAML, GOLDEN, type, sizes);

        assertThatThrownBy(() -> TestModel.service(folder)).hasMessageContaining("mine/model.yaml:" + mistake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2,Large,450,fast,3.5 | 2,Large,450,fast,3.50001 | 3:1: the model gives 3.5 for 'Value', not 3.50001",
                "1,Small,150,small    | 1,Small,150,large        | 2:1: the model gives small for 'Label', not large",
                "1,Small,150,small    | 1,Tiny,150,small         | 1:1: the rows cannot be scored: row 1: \"Tiny\" in column \"Size\"",
                "Label,Value          | Label,Score              | 1:1: the column 'Value' is missing",
                "Id,Size              | Number,Size              | 1:1: the rows cannot be scored: Error 0001: Column with name",
            })
    void refusesAModelWhoseGoldenRowsDoNotReproduce(String piece, String other, String mistake) throws IOException {
        assertThat(GOLDEN).contains(piece);
        TestModel.write(folder, YAML, GOLDEN.replace(piece, other));

        assertThatThrownBy(() -> TestModel.service(folder)).hasMessageContaining("mine/golden.csv:" + mistake);
    }

    /** Rounding in the last places is no mistake. */
    @Test
    void takesGoldenRowsThatDifferByLessThanAMillionth() throws IOException {
        TestModel.write(folder, YAML, GOLDEN.replace("3.5", "3.5000009"));

        assertThat(TestModel.service(folder).name()).isEqualTo("mine");
    }

    @Test
    void refusesGoldenRowsWithoutARow() throws IOException {
        TestModel.write(folder, YAML, "Id,Size,Speed,Label,Value\n");

        assertThatThrownBy(() -> TestModel.service(folder))
                .hasMessageContaining("mine/golden.csv:1:1: there is no row");
    }

    @Test
    void refusesAFolderWithoutModels() throws IOException {
        Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> TestModel.service(folder)).hasMessageContaining("no folder there has a model.yaml");
        assertThatThrownBy(() -> TestModel.service(folder.resolve("none")))
                .hasMessageContaining("there is no file or folder of that name");
    }
}
