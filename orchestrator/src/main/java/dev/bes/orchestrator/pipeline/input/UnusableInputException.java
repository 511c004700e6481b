package dev.bes.orchestrator.pipeline.input;

import java.io.IOException;

/** An input can't be read, and waiting does not change that. The message continues a sentence that begins with its name. */
public final class UnusableInputException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableInputException(String reason) {
        super(reason);
    }
}
