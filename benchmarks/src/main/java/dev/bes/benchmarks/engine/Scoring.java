package dev.bes.benchmarks.engine;

import java.nio.file.Path;

/**
 * One file to score, of one run.
 *
 * @param input the file
 * @param output where its output goes
 */
record Scoring(Path input, Path output) {

    /** The file that a name stands for. */
    static Scoring of(Path folder, Path delivered, String name) {
        return new Scoring(folder.resolve(name + ".csv"), delivered.resolve(name + ".output1.csv"));
    }

    /** The file's name, which the blobs have too. */
    String name() {
        return String.valueOf(input.getFileName());
    }
}
