package dev.bes.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureHashingTests {

    private static final String SENTENCE = "This is a good day";

    @ParameterizedTest
    @CsvSource({"hello,0,248bfa47", "test,0,ba6bd213", "'Hello, world!',1234,faf6cdb3", "This,0,b2a3281f"})
    void hashesAsMurmur3Does(String word, int seed, String hash) {
        assertThat(Integer.toHexString(WordHash.murmur(word, seed))).isEqualTo(hash);
    }

    @Test
    void givesTheGuidesRowForTheGuidesSentence() {
        assertThat(new FeatureHashing(3, 2, true).count(SENTENCE)).containsExactly(1, 1, 2, 2, 0, 2, 0, 1);
    }

    @Test
    void countsAnotherSentenceInTheSameWay() {
        assertThat(new FeatureHashing(3, 2, true).count("I loved this book")).containsExactly(0, 1, 1, 2, 1, 0, 2, 0);
    }

    @Test
    void addsTrigramsWhenAskedTo() {
        assertThat(new FeatureHashing(3, 3, true).count(SENTENCE)).containsExactly(2, 1, 3, 2, 1, 2, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void countsSingleWordsOnlyWithoutNGrams(int nGrams) {
        assertThat(new FeatureHashing(3, nGrams, true).count(SENTENCE)).containsExactly(0, 1, 1, 0, 0, 2, 0, 1);
    }

    @Test
    void keepsTheCaseOfWords() {
        assertThat(new FeatureHashing(3, 2, true).count(SENTENCE.toLowerCase(Locale.ROOT)))
                .containsExactly(0, 1, 2, 3, 0, 2, 1, 0);
    }

    /** The low 16 bits of the hashes that the nine words and pairs of the sentence are known to have. */
    @ParameterizedTest
    @CsvSource({"281f", "356d", "69b2", "8041", "498d", "0010", "626b", "ed2b", "65ca"})
    void findsEveryGramAtTheLowBitsOfItsHash(String lowBits) {
        int[] counts = new FeatureHashing(16, 2, true).count(SENTENCE);

        assertThat(counts[Integer.parseInt(lowBits, 16)]).isEqualTo(1);
    }

    @Test
    void takesANumberAsItsOwnHash() {
        assertThat(new FeatureHashing(3, 1, true).count("13")[5]).isEqualTo(1);
    }

    @Test
    void hashesANumberLikeAnyWordWhenTheRuleIsOff() {
        int column = WordHash.murmur("13", 0) & 0xffff;

        assertThat(new FeatureHashing(16, 1, false).count("13")[column]).isEqualTo(1);
    }

    @Test
    void splitsAtAnyRunOfWhiteSpace() {
        assertThat(new FeatureHashing(3, 2, true).count("  This\tis a\r\ngood   day "))
                .containsExactly(1, 1, 2, 2, 0, 2, 0, 1);
    }

    @Test
    void countsNothingInAnEmptyText() {
        assertThat(new FeatureHashing(3, 2, true).count("")).containsOnly(0);
    }
}
