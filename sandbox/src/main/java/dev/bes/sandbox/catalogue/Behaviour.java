package dev.bes.sandbox.catalogue;

/** What the jobs of a web service do. */
public enum Behaviour {
    /** Run the model. */
    SCORES,
    /** End as Failed with a text in Details. */
    FAILS,
    /** End as Finished, but the output never appears. */
    NEVER_WRITES,
    /** Stay Running until deleted. */
    HANGS
}
