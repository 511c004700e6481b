package dev.bes.sandbox.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the words and n-grams of a text in 2^bits columns, as the Feature Hashing module does: exact words, murmur3
 * with seed 0, n-grams combined in Vowpal Wabbit's way, the low bits of the hash as the column. It gives the guide's
 * row for the guide's sentence.
 *
 * @param bits 1 to 31
 * @param nGrams the longest n-gram; 0 and 1 both mean single words only
 * @param numbersAsIs whether a word of digits only is its own hash, as in Vowpal Wabbit
 */
public record FeatureHashing(int bits, int nGrams, boolean numbersAsIs) {

    private static final int COMBINE = 27942141;

    /** How many columns there are. */
    public int columns() {
        return 1 << bits;
    }

    /** The counts of one text, one for each column. */
    public int[] count(String text) {
        int[] words = hashes(text);
        int[] counts = new int[columns()];
        for (int first = 0; first < words.length; first++) {
            int hash = words[first];
            counts[column(hash)]++;
            for (int next = first + 1; next < words.length && next < first + nGrams; next++) {
                hash = hash * COMBINE + words[next];
                counts[column(hash)]++;
            }
        }
        return counts;
    }

    private int column(int hash) {
        return hash & (columns() - 1);
    }

    private int[] hashes(String text) {
        List<Integer> hashes = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            if (end > start) {
                hashes.add(WordHash.of(text.substring(start, end), numbersAsIs));
            }
            start = end + 1;
        }
        return hashes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
