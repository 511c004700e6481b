package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import dev.bes.orchestrator.definition.check.FolderValidator;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.check.SemanticValidator;
import dev.bes.orchestrator.definition.yaml.DefinitionSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Loads the definitions of a folder, and refuses all of them when one is wrong. */
public final class DefinitionLoader {
    private static final Pattern YAML = Pattern.compile(".+[.]ya?ml", Pattern.CASE_INSENSITIVE);

    private DefinitionLoader() {}

    /** The same with the folders that a configuration has when it names none. */
    public static Definitions load(Path folder, Set<String> endpoints, CronValidator cron) {
        return load(folder, endpoints, cron, Folders.DEFAULTS);
    }

    /**
     * Reads every {@code *.yaml} of the folder, not of the folders in it.
     *
     * @param endpoints names of the configured endpoints
     * @param cron judge of cron expressions
     * @param folders where files come from and go to
     * @throws InvalidDefinitionsException when there is a mistake in any of them; it lists all mistakes
     */
    public static Definitions load(Path folder, Set<String> endpoints, CronValidator cron, Folders folders) {
        DefinitionSchema schema = DefinitionSchema.shipped();
        SemanticValidator meaning = new SemanticValidator(endpoints, cron);
        List<Diagnostic> problems = new ArrayList<>();
        List<LocatedDefinition> good = new ArrayList<>();
        List<DefinitionFile> read = new ArrayList<>();
        for (Path path : files(folder)) {
            DefinitionFile file = new DefinitionFile(path);
            file.read(schema, meaning).ifPresent(good::add);
            read.add(file);
        }
        problems.addAll(new FolderValidator(folders, folder).check(good));
        read.forEach(file -> problems.addAll(file.problems()));
        Collections.sort(problems);
        if (!problems.stream().allMatch(Diagnostic::isWarning)) {
            throw new InvalidDefinitionsException(problems);
        }
        return new Definitions(
                folder, good.stream().map(LocatedDefinition::definition).toList(), problems);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDefinitionsException(
                    List.of(new Diagnostic(folder.toString(), 0, 0, "no such folder", null)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            path -> YAML.matcher(path.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
