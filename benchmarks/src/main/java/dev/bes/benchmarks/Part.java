package dev.bes.benchmarks;

/** A group of figures, measured by itself: with a stub, databases and processes of its own. */
interface Part {

    /** Its name on the command line. */
    String name();

    /** What it is about. */
    String title();

    /** Whether a quick benchmark has it too. */
    default boolean isMain() {
        return false;
    }

    /** Measures; a failed count is told by the section, what stands in the way of measuring is thrown. */
    Section measure(BenchmarkFolder folder, Effort effort, Progress progress) throws Exception;
}
