package dev.bes.cli.session;

/** The exit codes of the command. */
public final class ExitCode {
    /** The command did what was asked; a run that was waited for is finished. */
    public static final int FINISHED = 0;

    /** A run that was waited for failed; a check found something; or this machine could not do its part. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** A run that was waited for is cancelled. */
    public static final int CANCELLED = 3;

    /** A run that was waited for needs attention. */
    public static final int ATTENTION = 4;

    /** The service does not answer, or refused the call. */
    public static final int REFUSED = 5;

    /** Interrupted by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
