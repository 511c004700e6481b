package dev.bes.orchestrator.remote;

/** A key or connection string: known to the code that sends it, and never printed. */
public record Secret(String value) {

    /** Three stars, whatever the value. */
    @Override
    public String toString() {
        return "***";
    }
}
