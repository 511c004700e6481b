package dev.bes.benchmarks.engine;

import java.nio.file.Path;

/**
 * One file to score.
 *
 * @param input the file
 * @param output where its output goes
 */
record Scoring(Path input, Path output) {

    private static final String ENDING = ".csv";

    /** A file whose output goes into a folder. */
    static Scoring of(Path input, Path delivered) {
        String file = String.valueOf(input.getFileName());
        String stem = file.substring(0, file.length() - ENDING.length());
        return new Scoring(input, delivered.resolve(stem + ".output1" + ENDING));
    }

    /** Reads what {@link #line} wrote. */
    static Scoring parse(String line) {
        String[] paths = line.split("\t", 2);
        return new Scoring(Path.of(paths[0]), Path.of(paths[1]));
    }

    /** Both in one line, for engines that write down what their jobs are told. */
    String line() {
        return input + "\t" + output;
    }

    /** Where the output is written before it is complete. */
    Path part() {
        return output.resolveSibling("." + name() + ".part");
    }

    /** The file's name, which the blobs have too. */
    String name() {
        return String.valueOf(input.getFileName());
    }
}
