package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command has its help with an example, is completed by the shell, and stands in docs/cli.md. */
class CommandTreeTests {
    @TempDir
    Path home;

    private Stream<CommandLine> all() {
        StringWriter nowhere = new StringWriter();
        return tree(Bes.commands(BesCalls.at(home).environment(nowhere, nowhere)));
    }

    private static Stream<CommandLine> tree(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(CommandTreeTests::tree));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    @TestFactory
    Stream<DynamicTest> helpHasAnExample() {
        return all().map(command -> DynamicTest.dynamicTest(name(command), () -> {
            String[] words = (name(command) + " --help").split(" ");
            String help = BesCalls.at(home)
                    .call(List.of(words).subList(1, words.length).toArray(String[]::new))
                    .out();

            assertThat(help).startsWith("Usage: " + name(command)).contains("\nExamples:\n");
            assertThat(help.substring(help.indexOf("\nExamples:\n")).lines())
                    .anySatisfy(line -> assertThat(line).matches(" +(.*<\\()?bes .*"));
            assertThat(help).doesNotContain("dev.bes");
            // a list of commands shows no more of it
            assertThat(command.getCommandSpec().usageMessage().description()[0]).endsWith(".");
        }));
    }

    @TestFactory
    Stream<DynamicTest> standsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/cli.md"));
        return all().filter(command -> command.getSubcommands().isEmpty())
                .map(command -> DynamicTest.dynamicTest(
                        name(command), () -> assertThat(page).contains("`" + name(command))));
    }

    @Test
    void printsAScriptThatBashReadsAndThatCompletesEveryCommand() throws Exception {
        String script = BesCalls.at(home).call("completion").out();
        Path file = Files.writeString(home.resolve("bes.bash"), script);
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(bes con); COMP_CWORD=1; COMP_LINE='bes con'; _complete_bes;"
                                + " printf '%s\\n' \"${COMPREPLY[@]}\"",
                        file.toString())
                // compopt says that it has nothing to do outside of an interactive shell
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String completed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(completed).isZero();
        assertThat(completed).isEqualTo("context\n");
        assertThat(script).as("loads what zsh needs to read it").contains("ZSH_VERSION", "bashcompinit");
        all().forEach(command -> assertThat(script).contains(command.getCommandName()));
    }

    @Test
    void namesItsVersion() {
        assertThat(BesCalls.at(home).call("--version").out()).isEqualTo("bes 0.1.0\n");
    }
}
