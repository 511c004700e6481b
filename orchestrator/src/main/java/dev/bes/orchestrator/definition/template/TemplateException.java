package dev.bes.orchestrator.definition.template;

/** A template is invalid, or needs a value that the run does not have. The message names the variable. */
public final class TemplateException extends RuntimeException {

    private final String message;

    TemplateException(String message) {
        super(message);
        this.message = message;
    }

    String message() {
        return message;
    }
}
