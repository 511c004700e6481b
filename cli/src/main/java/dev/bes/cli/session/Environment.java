package dev.bes.cli.session;

import dev.bes.cli.output.Terminal;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * What surrounds the process.
 *
 * @param variables environment variables
 * @param in standard input
 * @param terminal where the command prints
 * @param clock the time
 * @param zone in which times are shown
 */
public record Environment(
        Map<String, String> variables, InputStream in, Terminal terminal, InstantSource clock, ZoneId zone) {

    /** What surrounds this process. */
    public static Environment ofThisProcess() {
        Map<String, String> variables = System.getenv();
        return new Environment(
                variables,
                System.in,
                Terminal.ofThisProcess(variables),
                InstantSource.system(),
                ZoneId.systemDefault());
    }
}
