package dev.bes.sandbox.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataFormatTests {

    private static final List<String> NASTY = Arrays.asList(
            null,
            "?",
            "a",
            " ",
            " a b ",
            "'",
            "\"",
            "it's",
            "a,b",
            "a\tb",
            "a\nb",
            "a\r\nb",
            "\r",
            "{",
            "}",
            "%",
            "\\",
            "\\n",
            "\\'",
            "@data",
            "Grüße",
            "東京",
            "😀",
            "\u00A0",
            "0",
            "-1.5e3",
            "a\"b'c\\d,e\tf%g{h}");

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void keepsEachNastyValueInEachPlace(DataFormat format) {
        List<List<String>> rows = new ArrayList<>();
        for (String first : NASTY) {
            for (String second : NASTY) {
                rows.add(Arrays.asList(first, second, "end"));
            }
        }
        Dataset dataset = new Dataset(columns("with space", "it's \"x\",\t{%}", "東"), copy(rows));

        assertSame(read(format, write(format, dataset)), dataset);
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void keepsRandomTexts(DataFormat format) {
        Random random = new Random(7);
        String alphabet = "ab ,;\t\n\r'\"\\?{}%@0.é東\uFEFF\u0001\u2028";
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < 3000; row++) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < 3; column++) {
                StringBuilder value = new StringBuilder("x".repeat(random.nextInt(2)));
                random.ints(random.nextInt(6), 0, alphabet.length()).forEach(i -> value.append(alphabet.charAt(i)));
                values.add(value.isEmpty() ? null : value.toString());
            }
            rows.add(values);
        }
        Dataset dataset = new Dataset(columns("a", "b", "c"), copy(rows));

        assertSame(read(format, write(format, dataset)), dataset);
    }

    @Test
    void keepsTheBirdStrikesOnAWayOverAllFormats() throws IOException {
        Dataset before;
        try (InputStream in = Files.newInputStream(Path.of("../job-definitions/samples/birdstrikes.csv"))) {
            before = collect(DataFormat.CSV.reader(in));
        }
        Dataset after = before;
        for (DataFormat format : List.of(DataFormat.ARFF, DataFormat.TSV, DataFormat.ARFF, DataFormat.CSV)) {
            after = read(format, write(format, after));
        }

        assertThat(before.rows()).hasSizeGreaterThan(1000);
        assertSame(after, before);
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void keepsAHeaderWithoutRows(DataFormat format) {
        Dataset dataset = new Dataset(columns("a"), List.of());

        assertSame(read(format, write(format, dataset)), dataset);
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void refusesAnEmptyFile(DataFormat format) {
        assertThatThrownBy(() -> read(format, ""))
                .isInstanceOf(InvalidDataset.class)
                .hasMessage("the file is empty");
    }

    @ParameterizedTest
    @CsvSource({".csv,CSV", ".tsv,TSV", ".arff,ARFF"})
    void isFoundByItsExtension(String extension, DataFormat format) {
        assertThat(DataFormat.of(extension)).contains(format);
        assertThat(DataFormat.of(".ilearner")).isEmpty();
    }

    @Test
    void readsEveryKindOfArffAttribute() {
        Dataset dataset = read(DataFormat.ARFF, """
                \uFEFF% a comment
                @RELATION 'weather data'

                @Attribute  outlook\t{sunny, 'light rain' ,overcast}
                @ATTRIBUTE "the temperature" REAL   % in degrees
                @attribute humidity Integer
                @attribute note STRING
                @attribute day date "dd.MM.yyyy"
                @attribute at DATE

                @DATA
                % rows
                sunny,21.5,80,'it\\'s "fine"\\n',24.12.2025,'2025-12-24T10:00:00'

                'light rain' , ? , 1e2 , ?, ?, ? , {2.5}
                {}
                {0 overcast, 3 "50 % wet"}, {1}
                """);

        assertThat(dataset.columns())
                .extracting(Column::name)
                .containsExactly("outlook", "the temperature", "humidity", "note", "day", "at");
        assertThat(dataset.columns())
                .extracting(column -> column.type().remoteName())
                .containsExactly("String", "Double", "Double", "String", "DateTime", "DateTime");
        assertThat(dataset.rows())
                .containsExactly(
                        List.of("sunny", "21.5", "80", "it's \"fine\"\n", "24.12.2025", "2025-12-24T10:00:00"),
                        Arrays.asList("light rain", null, "1e2", null, null, null),
                        List.of("sunny", "0", "0", "", "01.01.1970", "1970-01-01T00:00:00"),
                        List.of("overcast", "0", "0", "50 % wet", "01.01.1970", "1970-01-01T00:00:00"));
        assertThat(write(DataFormat.ARFF, dataset))
                .contains("@attribute outlook {sunny,'light rain',overcast}\n")
                .contains("@attribute day date dd.MM.yyyy\n")
                .contains("@attribute at date 'yyyy-MM-dd\\'T\\'HH:mm:ss'\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,b                                              | line 1: @relation is missing",
                "@relation;@data                                  | line 2: there is no @attribute before @data",
                "@relation r;@attribute                           | line 2: @attribute needs a name",
                "@relation r;@attribute a number                  | line 2: the type of attribute a is none of numeric",
                "@relation r;@attribute a relational              | line 2: the type of attribute a is none of numeric",
                "@relation r;@attribute a {x;y}                   | line 2: the values of attribute a do not end with }",
                "@relation r;@attribute a {}                      | line 2: attribute a declares no values",
                "@relation r;@attribute a date bb                 | line 2: the date format \"bb\" is not valid",
                "@relation r;@attribute a string;@attribute a real| line 3: attribute a is declared twice",
                "@relation r;@attribute a string;x                | line 3: @attribute or @data is missing here",
                "@relation r;@attribute a string;@data x          | line 3: the line should end before \"x\"",
                "@relation r;@attribute a real;@data;x            | line 4: \"x\" is no number",
                "@relation r;@attribute a {x};@data;;y            | line 5: \"y\" is none of the values",
                "@relation r;@attribute a string;@data;'x         | line 4: a quoted text does not end in its line",
                "@relation r;@attribute a string;@data;,          | line 4: value 1 is empty; write ? for a missing value",
                "@relation r;@attribute a string;@data;x,         | line 4: value 2 is empty; write ? for a missing value",
                "@relation r;@attribute a string;@data;x,y        | line 4: All rows must have same number of elements",
                "@relation r;@attribute a string;@data;{1 x}      | line 4: a sparse row is {index value",
                "@relation r;@attribute a date yyyy-MM;@data;x    | line 4: \"x\" is no date of the form that attribute a",
                "@relation r;@attribute a real;@data;{0 1, 0 2}   | line 4: the indices of a sparse row must ascend: 0 after 0",
                "@relation r;@attribute a string;@data;{0}        | line 4: attribute 0 of a sparse row has no value",
                "@relation r;@attribute a string;@data;x {y}      | line 4: the row should end here"
            })
    void saysInWhichLineAnArffFileIsWrong(String file, String mistake) {
        assertThatThrownBy(() -> read(DataFormat.ARFF, file.replace(';', '\n')))
                .isInstanceOf(InvalidDataset.class)
                .hasMessageStartingWith(mistake);
    }

    @Test
    void refusesToWriteArffWithTwoColumnsOfOneName() {
        assertThatThrownBy(() -> write(DataFormat.ARFF, new Dataset(columns("a", "a"), List.of())))
                .isInstanceOf(InvalidDataset.class)
                .hasMessage("column \"a\" is there twice, which ARFF does not allow");
    }

    private static List<Column> columns(String... names) {
        return Arrays.stream(names).map(Column::text).toList();
    }

    private static List<List<String>> copy(List<List<String>> rows) {
        return new ArrayList<>(rows);
    }

    private static void assertSame(Dataset read, Dataset dataset) {
        assertThat(read.columns()).extracting(Column::name).isEqualTo(names(dataset));
        assertThat(read.rows()).isEqualTo(dataset.rows());
    }

    private static List<String> names(Dataset dataset) {
        return dataset.columns().stream().map(Column::name).toList();
    }

    private static String write(DataFormat format, Dataset dataset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowWriter writer = format.writer(out, "the data")) {
            writer.columns(dataset.columns());
            dataset.rows().forEach(writer::row);
        }
        return out.toString(UTF_8);
    }

    private static Dataset read(DataFormat format, String file) {
        return collect(format.reader(new ByteArrayInputStream(file.getBytes(UTF_8))));
    }

    private static Dataset collect(RowReader reader) {
        try (reader) {
            Dataset.Collector collector = new Dataset.Collector();
            collector.columns(reader.columns());
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                collector.row(row);
            }
            return collector.dataset();
        }
    }
}
