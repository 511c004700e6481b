package dev.bes.sandbox.catalogue;

/** What the jobs of a web service do. */
public enum Behaviour {
    /** Hash the words of one column into feature columns. */
    HASHES_FEATURES,
    /** End as Failed with a text in Details. */
    FAILS,
    /** End as Finished, but the output never appears. */
    NEVER_WRITES,
    /** Stay Running until deleted. */
    HANGS
}
