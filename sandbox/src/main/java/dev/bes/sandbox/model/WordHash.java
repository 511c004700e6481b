package dev.bes.sandbox.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.codec.digest.MurmurHash3;

/** The hash of one word. Source: {@code hashstring} of Vowpal Wabbit. */
final class WordHash {

    private WordHash() {}

    static int of(String word, boolean numbersAsIs) {
        return numbersAsIs && isNumber(word) ? number(word) : murmur(word, 0);
    }

    static int murmur(String word, int seed) {
        byte[] bytes = word.getBytes(UTF_8);
        return MurmurHash3.hash32x86(bytes, 0, bytes.length, seed);
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int number(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = 10 * number + (digits.charAt(i) - '0');
        }
        return number;
    }
}
