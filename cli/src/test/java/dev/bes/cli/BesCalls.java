package dev.bes.cli;

import dev.bes.cli.output.Terminal;
import dev.bes.cli.session.Environment;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of the command in this JVM, with the environment of a test. */
final class BesCalls {
    private final Map<String, String> variables = new LinkedHashMap<>();
    private boolean terminal;
    private String input = "";

    /** What a call came to. */
    record Result(int exitCode, String out, String err) {}

    /** Calls with a home of their own and no server. */
    static BesCalls at(Path home) {
        return new BesCalls().with("HOME", home.toString());
    }

    /** The same with a variable. */
    BesCalls with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** The same on a terminal. */
    BesCalls onTerminal() {
        terminal = true;
        return this;
    }

    /** The same with text on standard input. */
    BesCalls reading(String text) {
        input = text;
        return this;
    }

    Environment environment(Writer out, Writer err) {
        return new Environment(
                variables,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new Terminal(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        terminal,
                        !variables.containsKey("NO_COLOR"),
                        true,
                        80),
                InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z")),
                ZoneId.of("Asia/Tokyo"));
    }

    Result call(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Bes.execute(environment(out, err), arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
