package dev.bes.orchestrator.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers in disguise: what is said shows what can't be seen, and names what was probably meant. */
class ColumnNamesTests {
    private static final Map<String, String> TARGET = Map.of("Target column", "text", "N-grams", "2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Text|, but 'Text' (capitals count); its header is: 'Text'",
                "text |, but 'text ' (blanks count); its header is: 'text '",
                " text|, but ' text' (blanks count); its header is: ' text'",
                "text\u00a0|, but 'text⟨U+00A0⟩', which holds U+00A0 (no-break space); its header is: 'text⟨U+00A0⟩'",
                "te\u200bxt|, but 'te⟨U+200B⟩xt', which holds U+200B (zero width space); its header is: 'te⟨U+200B⟩xt'",
                "te\u00adxt|, but 'te⟨U+00AD⟩xt', which holds U+00AD (soft hyphen); its header is: 'te⟨U+00AD⟩xt'",
                "\u202etext|, but '⟨U+202E⟩text', which holds U+202E (right-to-left override); its header is: '⟨U+202E⟩text'",
                "text\t|, but 'text⟨U+0009⟩', which holds U+0009 (character tabulation); its header is: 'text⟨U+0009⟩'",
                "t\u0435xt|, did you mean 't⟨U+0435⟩xt'?; its header is: 't\u0435xt'",
                "\uff54\uff45\uff58\uff54|, but '⟨U+FF54⟩⟨U+FF45⟩⟨U+FF58⟩⟨U+FF54⟩', which is written with other characters or blanks; its header is: '\uff54\uff45\uff58\uff54'",
                "texts|, did you mean 'texts'?; its header is: 'texts'",
                "words|; its header is: 'words'",
            })
    void showsInvisibleCharactersOfColumnNames(String name, String said) {
        assertThat(CheckResults.ofInput(name + "\na\n", "text")).isEqualTo("has no column 'text'" + said);
    }

    @Test
    void matchesColumnNamesAcrossUnicodeNormalForms() {
        assertThat(CheckResults.ofInput("Gro\u0308\u00dfe\na\n", "Gr\u00f6\u00dfe"))
                .startsWith("has no column 'Gr\u00f6\u00dfe', but 'Gro⟨U+0308⟩⟨U+00DF⟩e', which is written with other");
    }

    @Test
    void areNotListedWithoutEnd() {
        assertThat(CheckResults.ofInput("column,".repeat(999) + "x".repeat(300) + "\n", "text"))
                .endsWith("'column', 'column' and 980 more")
                .hasSizeLessThan(400);
        assertThat(CheckResults.ofInput("x".repeat(300) + "\n", "text"))
                .endsWith("x…'")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=,\r\nn,text\r\n1,a\r\n",
                "sep=;\r\nn;text\r\n1;a\r\n",
                "sep=\t\nn\ttext\n",
                "\"sep=,\"\nn,text\n1,a\n",
                "SEP=;\nn;text\n",
                "\uFEFFsep=;\nn;text\n",
                "sep=,,\nn,text\n1,a\n"
            })
    void areNoInstructionForExcel(String text) {
        assertThat(CheckResults.ofInput(text))
                .startsWith("line 1 is '")
                .endsWith(
                        ", an instruction for Excel and no header; remove the line, and separate the columns by commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF\uFEFFtext\na\n", "\uFEFF\"\uFEFFtext\"\na\n", "\"\uFEFFtext\"\na\n"})
    void beginWithOneByteOrderMarkAtMost(String text) {
        assertThat(CheckResults.ofInput(text)).startsWith("line 1 begins with a second byte order mark (U+FEFF)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {"id;text@';'", "id\ttext@tabs", "id|text@'|'", "id;\"text\"@';'", "id;a,b;text@';'"})
    void areSeparatedByCommas(String header, String separator) {
        assertThat(CheckResults.ofInput(header + "\n", "text"))
                .startsWith("has no column 'text'; its header is '")
                .endsWith(", which looks separated by " + separator + ": separate the columns by commas");
        assertThat(CheckResults.ofInput(header + "\n", TARGET))
                .startsWith("has no column 'text', which the parameter 'Target column' names; its header is '")
                .endsWith(": separate the columns by commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Large,300,damage", "Large,-0.5526404", "1e-05,b"})
    void areNoRowOfData(String row) {
        assertThat(CheckResults.ofInput(row + "\n", "text"))
                .startsWith("has no column 'text'; its header is: '")
                .endsWith("; that looks like a row of data: add a line with the names, or set 'header: absent' if it is"
                        + " an output");
        assertThat(CheckResults.ofInput("texts,300\n", "text")).endsWith("its header is: 'texts', '300'");
    }

    @Test
    void areThereOnceWhereTheyAreAskedForOrConfigured() {
        String twice = "text,n,text\na,1,b\n";
        assertThat(CheckResults.ofInput(twice, "text"))
                .isEqualTo("has the column 'text' more than once (columns 1, 3), and it can't be told which is meant;"
                        + " rename the others");
        assertThat(CheckResults.ofInput(twice, TARGET))
                .isEqualTo("has the column 'text' more than once (columns 1, 3), and it can't be told which is meant"
                        + " by the parameter 'Target column'; rename the others");
        assertThat(CheckResults.ofInput(twice, "n")).isEqualTo("1 rows");
        assertThat(CheckResults.ofInput(twice, Map.of("Target column", "n"))).isEqualTo("1 rows");
        assertThat(CheckResults.ofInput("text,,\na,1,b\n", "text")).isEqualTo("1 rows");
        assertThat(CheckResults.ofInput("text,Text,text \na,1,b\n", "text")).isEqualTo("1 rows");
        assertThat(CheckResults.ofOutput(twice, "text")).isEqualTo("1 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text\u00a0", "te\u200bxt", "text ", "Text"})
    void areWhatAParameterNames(String name) {
        assertThat(CheckResults.ofInput("n," + name + "\n1,a\n", TARGET))
                .startsWith("has no column 'text', which the parameter 'Target column' names, but '");
        assertThat(CheckResults.ofInput("n," + name + ",text\n1,a,b\n", TARGET)).isEqualTo("1 rows");
    }

    @Test
    void areLeftAloneByParametersThatHardlyNameThem() {
        assertThat(CheckResults.ofInput("n,Fast\n1,a\n", Map.of("Mode", "fast", "Other", "", "Rows", "5")))
                .isEqualTo("1 rows");
        assertThat(CheckResults.ofInput("n,words\n1,a\n", TARGET)).isEqualTo("1 rows");
    }

    @Test
    void areOfALengthThatTheServiceCanRepeat() {
        assertThat(CheckResults.ofInput("n," + "x".repeat(4096) + "\n1,a\n")).isEqualTo("1 rows");
        assertThat(CheckResults.ofInput("n," + "x".repeat(4097) + "\n1,a\n"))
                .isEqualTo("has a name of more than 4,096 characters in its header, column 2");
    }

    @Test
    void areAsManyInAnOutputAsTheServiceAdds() {
        String header = "column,".repeat(16_383) + "text";
        String row = "1,".repeat(16_383) + "a";
        assertThat(CheckResults.ofInput(header + "\n" + row + "\n", "text")).isEqualTo("1 rows");
        assertThat(CheckResults.ofInput(header + ",n\n" + row + ",1\n"))
                .isEqualTo("line 1 has more than 16,384 fields");
        assertThat(CheckResults.ofOutput(
                        header + ",text_HashingFeature".repeat(1 << 16) + "\n" + row + ",0".repeat(1 << 16) + "\n",
                        "text"))
                .isEqualTo("1 rows");
    }
}
