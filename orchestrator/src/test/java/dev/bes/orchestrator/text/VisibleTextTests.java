package dev.bes.orchestrator.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be seen. */
class VisibleTextTests {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x2007,
                0x200B, 0x200D, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164,
                0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFF, 0x1D173, 0xE0001, 0xE0041, 0xE0100, 0x10FFFF
            })
    void isShownByItsCodePoint(int hidden) {
        String name = "a" + Character.toString(hidden) + "b.csv";

        assertThat(VisibleText.of(name)).isEqualTo("a⟨U+%04X⟩b.csv".formatted(hidden));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain name.csv",
                "Übersicht – 1×2 (neu).csv",
                "U\u0308bersicht.csv",
                "数据.csv",
                "דוח.csv",
                "😀.csv",
                "a\\nb",
                "⟨U+202E⟩"
            })
    void leavesEverythingElseAsItIs(String name) {
        assertThat(VisibleText.of(name)).isSameAs(name);
        assertThat(VisibleText.lines(name)).isSameAs(name);
    }

    @Test
    void showsHalfACharacter() {
        assertThat(VisibleText.of("a\uD83Db")).isEqualTo("a⟨U+D83D⟩b");
    }

    @Test
    void keepsTheLinesOfATextThatHasSome() {
        assertThat(VisibleText.lines("one\r\n\ttwo\u202E")).isEqualTo("one\r\n\ttwo⟨U+202E⟩");
    }
}
