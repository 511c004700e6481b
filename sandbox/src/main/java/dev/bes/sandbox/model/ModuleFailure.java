package dev.bes.sandbox.model;

/** The data or a setting cannot be scored; the message is what the caller gets to read. */
public final class ModuleFailure extends RuntimeException {

    /** A failure with the text for the caller. */
    public ModuleFailure(String message) {
        super(message);
    }
}
