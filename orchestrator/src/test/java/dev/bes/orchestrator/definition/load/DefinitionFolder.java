package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of definitions written by a test. */
public record DefinitionFolder(Path path) {

    public static final String GOOD = """
            name: job
            endpoint: hashing
            inputs:
              input1:
                from: in/*.csv
            outputs:
              output1:
                rows: same
            """;

    private static final CronValidator CRON =
            expression -> expression.startsWith("bad") ? Optional.of("no such hour") : Optional.empty();

    public DefinitionFolder with(String file, String text) {
        try {
            Files.writeString(path.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Definitions load() {
        return DefinitionLoader.load(
                path,
                Set.of("hashing", "iris"),
                CRON,
                new Folders(Path.of("inbox"), Path.of("delivered"), Set.of("lake")));
    }

    /** Every warning of good definitions as it is printed. */
    public List<String> warnings() {
        return load().warnings().stream().map(Diagnostic::toString).toList();
    }

    /** Every problem as it is printed, when there is a mistake. */
    public List<String> problems() {
        try {
            load();
            return List.of();
        } catch (InvalidDefinitionsException e) {
            return e.problems().stream().map(Diagnostic::toString).toList();
        }
    }
}
