package dev.bes.benchmarks.engine;

import java.nio.file.Path;

/**
 * Where a run's files are.
 *
 * @param work the inputs
 * @param delivered the outputs
 */
record Folders(Path work, Path delivered) {

    Scoring scoring(String name) {
        return Scoring.of(work, delivered, name);
    }

    /** Both in one line, for engines whose jobs are told where to look. */
    static Folders parse(String line) {
        String[] folders = line.split("\t", 2);
        return new Folders(Path.of(folders[0]), Path.of(folders[1]));
    }
}
