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
     * @param number number of the file; each file has its own rows
     */
    static String csv(long number, int rows) {
        StringBuilder text = new StringBuilder("Id,Text\n");
        for (int row = 0; row < rows; row++) {
            String one = WORDS[Math.floorMod(number + row, WORDS.length)];
            String other = WORDS[Math.floorMod(number * 7 + row * 5L, WORDS.length)];
            text.append(
                    "%d-%d,This is a %s %s%n".formatted(number, row, one, other).replace("\r", ""));
        }
        return text.toString();
    }
}
