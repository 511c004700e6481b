package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import dev.bes.orchestrator.definition.calendar.CalendarFiles;
import dev.bes.orchestrator.definition.check.CallbackValidator;
import dev.bes.orchestrator.definition.check.EndpointValidator;
import dev.bes.orchestrator.definition.check.FoldValidator;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.check.SemanticValidator;
import dev.bes.orchestrator.definition.check.overlap.ContainerValidator;
import dev.bes.orchestrator.definition.check.overlap.FolderValidator;
import dev.bes.orchestrator.definition.yaml.DefinitionSchema;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Loads the definitions of a folder. Refuses all of them when one is invalid. */
public final class DefinitionLoader {
    private static final Pattern YAML = Pattern.compile(".+[.]ya?ml", Pattern.CASE_INSENSITIVE);

    private DefinitionLoader() {}

    /** Loads definitions with the default folders. */
    public static Definitions load(Path folder, Set<String> endpoints, CronValidator cron) {
        return load(folder, endpoints, cron, Folders.DEFAULTS);
    }

    /**
     * Loads every {@code *.yaml} of the folder; subfolders are not read.
     *
     * @param endpoints names of the configured endpoints
     * @param folders the configured root folders
     * @throws InvalidDefinitionsException when any of them has a mistake; it lists all mistakes
     */
    public static Definitions load(Path folder, Set<String> endpoints, CronValidator cron, Folders folders) {
        DefinitionSchema schema = DefinitionSchema.shipped();
        SemanticValidator validator = new SemanticValidator(endpoints, cron);
        List<Diagnostic> problems = new ArrayList<>();
        List<LocatedDefinition> valid = new ArrayList<>();
        List<DefinitionFile> read = new ArrayList<>();
        for (Path path : files(folder)) {
            DefinitionFile file = new DefinitionFile(path);
            file.read(schema, validator).ifPresent(valid::add);
            read.add(file);
        }
        problems.addAll(new FolderValidator(folders, folder).check(valid));
        new ContainerValidator(folders.stores()).check(valid);
        CallbackValidator.checkAllowed(valid, folders.callbacks());
        EndpointValidator.checkInputs(valid, folders.oneInput());
        FoldValidator.checkEndpoints(valid, folders.folding());
        read.forEach(file -> problems.addAll(file.problems()));
        Collections.sort(problems);
        if (!problems.stream().allMatch(Diagnostic::isWarning)) {
            throw new InvalidDefinitionsException(problems);
        }
        return new Definitions(
                folder, valid.stream().map(LocatedDefinition::definition).toList(), problems);
    }

    /**
     * A hash of what definitions are read from: the names and contents of the definitions and calendar files of the folder.
     *
     * @throws InvalidDefinitionsException if there is no such folder
     * @throws UncheckedIOException if a file can't be read
     */
    public static String fingerprint(Path folder) {
        StringBuilder content = new StringBuilder();
        for (Path file : files(folder, path -> isYaml(path) || CalendarFiles.hasName(path))) {
            try {
                content.append(file.getFileName())
                        .append(' ')
                        .append(Sha256.of(Files.readString(file, StandardCharsets.ISO_8859_1)))
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Sha256.of(content.toString());
    }

    static List<Path> files(Path folder) {
        return files(folder, DefinitionLoader::isYaml);
    }

    private static boolean isYaml(Path file) {
        return YAML.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDefinitionsException(
                    List.of(new Diagnostic(folder.toString(), 0, 0, "no such folder", null)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
