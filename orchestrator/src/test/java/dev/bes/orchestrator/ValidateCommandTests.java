package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTests {

    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @TempDir
    Path inbox;

    private Path delivered = Path.of("delivered");

    @Test
    void listsTheGoodDefinitions() {
        assertThat(validate("../job-definitions")).isZero();
        assertThat(out.toString().lines())
                .containsExactly("birdstrikes.yaml: ok, 1 schedule, 1 drop folder", "1 definition, no mistakes");
    }

    @Test
    void listsEveryMistake() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "name: a\nendpoint: nowhere\ninputs: {i: {}}\noutputs: {o: {}}\n");
        Files.writeString(folder.resolve("b.yaml"), "");
        assertThat(validate(folder.toString())).isOne();
        assertThat(out.toString().lines())
                .containsExactly(
                        "a.yaml:2:11: unknown endpoint 'nowhere' — known: feature-hashing",
                        "b.yaml: the file is empty",
                        "2 mistakes in 2 files");
    }

    @Test
    void warnsOfSchedulesThatAreOverAndCallsThemNoMistake() throws IOException {
        scheduled("gone", "0 0 12 1 1 ? 2025", "Europe/Berlin");
        scheduled("never", "0 0 12 30 2 ?", "UTC");
        scheduled("daily", "0 0 12 * * ?", "UTC");
        assertThat(validate(folder.toString())).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "gone.yaml:5:42: warning: this schedule never fires again: its last time was"
                                + " 2025-01-01T12:00+01:00[Europe/Berlin] — the schedule is left out",
                        "never.yaml:5:42: warning: this schedule can never fire: there is no such time, or it is beyond"
                                + " the years that Quartz supports — the schedule is left out",
                        "3 definitions, no mistakes, 2 warnings");
    }

    @Test
    void holdsDefinitionsAgainstTheFoldersOfTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("loop.yaml"), """
                name: loop
                endpoint: feature-hashing
                inputs: {i: {}}
                outputs: {o: {}}
                triggers: {files: [{folder: loop}]}
                delivery: {folder: loop}
                """);
        scheduled("gone", "0 0 12 1 1 ? 2025", "UTC");
        delivered = inbox;
        assertThat(validate(folder.toString())).isOne();
        assertThat(out.toString().lines())
                .anyMatch(line ->
                        line.startsWith("loop.yaml:6:20: outputs go to 'loop' in the drop folder in loop.yaml:5:29")
                                && line.contains("orchestrator.pipeline.delivery-root"))
                .contains("1 mistake in 1 file, 1 warning");
    }

    private void scheduled(String name, String cron, String zone) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                endpoint: feature-hashing
                inputs: {i: {from: a.csv}}
                outputs: {o: {}}
                triggers: {schedules: [{name: n, cron:   "%s", zone: %s}]}
                """.formatted(name, cron, zone));
    }

    @Test
    void takesEndpointsFromTheCommandLine() {
        assertThat(validate("../job-definitions", "--endpoints", "iris,wine")).isOne();
        assertThat(out.toString()).contains("unknown endpoint 'feature-hashing' — known: iris, wine");
    }

    private int validate(String... arguments) {
        Settings settings = new Settings(Set.of("feature-hashing"), new Folders(inbox, delivered, Set.of()));
        ValidateCommand command = new ValidateCommand(
                () -> settings, new QuartzCronValidator(InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z"))));
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(arguments);
    }
}
