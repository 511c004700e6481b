package dev.bes.orchestrator.definition.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of times that are good and mean something else than was meant. */
class TimePatternTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd",
                "uuuu/MM/dd",
                "yyyyMMdd'T'HHmmss",
                "HH:mm",
                "mm:ss",
                "mm",
                "HH:mm:ss.SSS",
                "SSS",
                "hh:mm a",
                "hh-a",
                "YYYY-'W'ww",
                "YYYY-'W'ww-e",
                "yyyy-DDD",
                "D",
                "dd.MM.yyyy HH:mm",
                "MMM yyyy",
                "EEE",
                "yyyy-'MM-DD-hh-YYYY'",
                "yyyy-QQQ",
                "yyyy-MM-dd-ww",
                "yyyy''MM",
                "yyyy-MM",
                "LL",
                "yy",
                "HH",
                "yyyyMMddHHmmssSSS"
            })
    void acceptsUnambiguousPatterns(String pattern) {
        assertThat(new TimePattern(pattern).mistakes()).isEmpty();
        assertThat(new TimePattern(pattern).warnings()).isEmpty();
        assertThat(new TimePattern(pattern).suggestion()).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            YYYY-MM-dd           | yyyy-MM-dd           | 1
            YYYY-mm-DD hh        | yyyy-MM-dd HH        | 4
            YYYY-ww-dd           | yyyy-ww-dd           | 1
            yyyy-mm              | yyyy-MM              | 1
            dd.mm.yyyy           | dd.MM.yyyy           | 1
            yyyy-mm-dd'T'HH:MM   | yyyy-MM-dd'T'HH:mm   | 2
            yyyy-MM-dd HH:MM:SS  | yyyy-MM-dd HH:mm:ss  | 2
            HH:mm:SS             | HH:mm:ss             | 1
            yyyyMMddhhmmss       | yyyyMMddHHmmss       | 1
            yyyy-MM-dd-DDD-dd    | yyyy-MM-dd-DDD-dd    | 1
            yyyy-w               | YYYY-w               | 1
            """)
    void refusesConfusedLettersAndSuggestsBetterOnes(String pattern, String better, int doubts) {
        assertThat(new TimePattern(pattern).mistakes()).hasSize(doubts);
        assertThat(new TimePattern(pattern).suggestion()).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource({"kk, HH", "yyyy-DD, yyyy-DDD", "yyyy-dd, yyyy-dd"})
    void warnsOfUnusualLetters(String pattern, String better) {
        assertThat(new TimePattern(pattern).mistakes()).isEmpty();
        assertThat(new TimePattern(pattern).warnings()).hasSize(1);
        assertThat(new TimePattern(pattern).suggestion()).isEqualTo(better);
    }
}
