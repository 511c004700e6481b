package dev.bes.cli;

import dev.bes.cli.session.Environment;

/** Entry point of the command. */
public final class Main {

    private Main() {}

    /** Executes the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(Bes.execute(Environment.ofThisProcess(), arguments));
    }
}
