package dev.bes.orchestrator.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that belong in no text: each is refused, with its place and its name. */
class ControlCharactersTests {
    private static final String ROWS = "id,text\n1,It was a fine morning\n2,The pump has failed again\n";

    @Test
    void areNamedWithLineColumnAndCodePoint() {
        assertThat(CheckResults.ofInput(ROWS + "\u001a"))
                .isEqualTo("line 4, column 1 holds U+001A (Ctrl-Z), a control character;"
                        + " an old program marks the end of a file with it: remove it");
        assertThat(CheckResults.ofInput(ROWS + "3,Nobody\u001a"))
                .startsWith("line 4, column 9 holds U+001A (Ctrl-Z), a control character;");
        assertThat(CheckResults.ofInput("text\na\n" + "\0".repeat(4096)))
                .isEqualTo("line 3, column 1 holds U+0000 (NUL), a control character;"
                        + " the file is damaged or was not written to its end: export it again");
        assertThat(CheckResults.ofInput("id,text\n1,a\n2,The pu" + "\0".repeat(512) + "again\n3,b\n"))
                .startsWith("line 3, column 9 holds U+0000 (NUL)");
    }

    @Test
    void acceptsEveryCodePointThatIsNoControlCharacter() {
        for (int codePoint = 0; codePoint < 0x110000; codePoint++) {
            boolean surrogate = codePoint >= 0xD800 && codePoint < 0xE000;
            if (!surrogate && "\t\n\r\",".indexOf(codePoint) < 0) {
                String text = "text\n12345678" + Character.toString(codePoint) + "\n";
                boolean control = Character.getType(codePoint) == Character.CONTROL
                        || (codePoint & 0xFFFE) == 0xFFFE
                        || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
                assertThat(CheckResults.ofInput(text))
                        .as("U+%04X", codePoint)
                        .startsWith(control ? "line 2, column 9 holds U+%04X".formatted(codePoint) : "1 rows");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "te@xt\\na\\n | 1, column 3",
                "\"te@xt\"\\na\\n | 1, column 4",
                "text\\n\"a@\"\\n | 2, column 3",
                "text\\n\"a\\nb@\"\\n | 3, column 2",
                "text,n\\n@,1\\n | 2, column 1",
                "text,n\\n12345678,12345@ | 2, column 15",
                "text\\n\u00e4\u20ac\uD83D\uDE00@\\n | 2, column 4",
                "\uFEFFte@xt\\na\\n | 1, column 3",
                "text\\r\\na\\r\\nb@\\r\\n | 3, column 2",
                "text\\ra\\r@ | 3, column 1",
                "@text\\na\\n | 1, column 1",
            })
    void areFoundWhereverTheyStand(String text, String place) {
        for (String odd :
                new String[] {"\u0001", "\u001a", "\u007f", "\u0080", "\u009f", "\u000b", "\u000c", "\u001f"}) {
            assertThat(CheckResults.ofInput(
                            text.replace("\\n", "\n").replace("\\r", "\r").replace("@", odd)))
                    .startsWith("line " + place + " holds U+%04X".formatted(odd.codePointAt(0)));
        }
    }

    @Test
    void areFoundBehindAClosingQuote() {
        assertThat(CheckResults.ofInput("text\n\"a\"\0")).startsWith("line 2, column 4 holds U+0000 (NUL)");
    }

    @Test
    void tellOfWindowsTextThatWasTakenForLatin1() {
        assertThat(CheckResults.ofInput("text\nit\u0092s\n"))
                .isEqualTo("line 2, column 3 holds U+0092 (private use two), a control character;"
                        + " Windows-1252 was probably taken for Latin-1: export the file again as UTF-8");
    }

    @Test
    void areRefusedInOutputsAsWell() {
        assertThat(CheckResults.ofOutput("score\n1\n\0\0\n")).startsWith("line 3, column 1 holds U+0000 (NUL)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\tb", "\t", "\"a\tb\"", "\u00a0", "\u2028", "\u200b", "\uFEFF", "\u202e", "\uFFFD", "\uE000"})
    void acceptsInvisibleCharactersThatAreNoControlCharacters(String value) {
        assertThat(CheckResults.ofInput("text\n" + value + "\n1234567\t12345678\t\t\n"))
                .isEqualTo("2 rows");
    }

    @Test
    void areNamedInALineOfManyBlocks() throws InvalidCsvException {
        CsvRows rows = new CsvRows(CsvRules.input(java.util.List.of(), java.util.Map.of()));
        rows.take("text\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (int i = 0; i < 1000; i++) {
            rows.take("\u00e4bc".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rows.take(new byte[] {'x', 0}))
                .hasMessageStartingWith("line 2, column 3002 holds U+0000");
    }
}
