package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.InvalidDataset;

/** The data or a setting cannot be scored; the message is what the caller gets to read. */
public final class ModuleFailure extends RuntimeException {

    /** A failure with the text for the caller. */
    public ModuleFailure(String message) {
        super(message);
    }

    /** An input breaks the rules of its format. */
    public static ModuleFailure of(InvalidDataset invalid) {
        return new ModuleFailure(
                invalid.isEmptyFile()
                        ? "Error 0003: Input \"Dataset\" is null or empty."
                        : "Error 0018: Invalid data in dataset: " + invalid.getMessage() + ".");
    }

    /** The data lacks a column. */
    public static ModuleFailure noColumn(String name) {
        return new ModuleFailure("Error 0001: Column with name or index \"" + name + "\" not found.");
    }

    static ModuleFailure outOfMemory() {
        return new ModuleFailure("Error 0138: Memory has been exhausted, unable to complete running of module."
                + " Downsampling the dataset may help to alleviate the problem.");
    }
}
