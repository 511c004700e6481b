package dev.bes.cli.setup;

import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bes completion}: the script that completes commands in a shell. */
@Command(
        name = "completion",
        description = "Prints the script that completes commands and options in bash and zsh.",
        footer = {"  source <(bes completion)", "  bes completion > ~/.local/share/bash-completion/completions/bes"})
public final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    /** The command, over a session. */
    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("The command is called by picocli, which sets its spec");
        }
        session.printer().text(AutoComplete.bash("bes", spec.root().commandLine()) + "\n");
        return ExitCode.FINISHED;
    }
}
