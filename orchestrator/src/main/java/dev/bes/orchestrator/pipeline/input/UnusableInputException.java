package dev.bes.orchestrator.pipeline.input;

import java.io.IOException;

/** An input that can't be read, and waiting does not change that. The message says why, in words that follow its name. */
public final class UnusableInputException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableInputException(String why) {
        super(why);
    }
}
