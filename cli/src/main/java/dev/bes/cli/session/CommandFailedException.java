package dev.bes.cli.session;

/** The command ends without success. Its message is the one sentence that the user reads. */
public final class CommandFailedException extends RuntimeException {
    private final int exitCode;

    private CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** This machine could not do its part, or a check found something. */
    public static CommandFailedException failed(String message) {
        return new CommandFailedException(ExitCode.FAILED, message);
    }

    /** The command line, or the configuration, is wrong. */
    public static CommandFailedException usage(String message) {
        return new CommandFailedException(ExitCode.USAGE, message);
    }

    /** The service does not answer, or refused the call. */
    public static CommandFailedException refused(String message) {
        return new CommandFailedException(ExitCode.REFUSED, message);
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
