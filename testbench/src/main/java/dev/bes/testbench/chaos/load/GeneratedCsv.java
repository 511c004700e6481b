package dev.bes.testbench.chaos.load;

/** The scored files: small, and all different. */
final class GeneratedCsv {

    private static final String[] WORDS = {
        "good", "bad", "day", "night", "cold", "warm", "bird", "plane", "rain", "snow", "fast", "slow"
    };

    private GeneratedCsv() {}

    /**
     * A CSV file.
     *
     * @param column name of the column with text
     * @param number number of the file; each file has its own rows
     */
    static String csv(String column, long number, int rows) {
        StringBuilder text = new StringBuilder("Id,").append(column).append('\n');
        for (int row = 0; row < rows; row++) {
            String one = WORDS[Math.floorMod(number + row, WORDS.length)];
            String other = WORDS[Math.floorMod(number * 7 + row * 5L, WORDS.length)];
            text.append("%1$d-%2$d,This is a %3$s %4$s number %1$d-%2$d\n".formatted(number, row, one, other));
        }
        return text.toString();
    }
}
