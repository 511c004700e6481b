package dev.bes.benchmarks.engine;

import java.util.List;

/** Something that scores files; what it scored is at home when {@link #score} returns. */
interface Engine extends AutoCloseable {

    /** Scores files, named without folder and suffix, from one folder into another. */
    void score(List<String> names, Folders folders);

    @Override
    void close();
}
