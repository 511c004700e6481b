package dev.bes.cli.output;

/** The answer could not be written whole. */
final class UnwrittenAnswerException extends RuntimeException {
    UnwrittenAnswerException() {
        super("The answer could not be written whole: nobody reads on, or the disk is full");
    }
}
