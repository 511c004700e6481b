package dev.bes.cli.session;

import dev.bes.cli.output.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands. */
public final class GlobalOptions {

    @Option(
            names = {"-o", "--format"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            description = "How the answer is printed: ${COMPLETION-CANDIDATES}. Default: table.")
    private Format format = Format.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Prints only numbers and names, one per line, and no progress.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Says which server is called, and with which idempotency key.")
    private boolean verbose;

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Which of the configured servers is called (bes context list).")
    private @Nullable String context;

    Format format() {
        return format;
    }

    /** Whether only numbers and names are printed. */
    public boolean quiet() {
        return quiet;
    }

    /** Whether more is said. */
    public boolean verbose() {
        return verbose;
    }

    /** The name of the context that was asked for; null for none. */
    public @Nullable String context() {
        return context;
    }
}
