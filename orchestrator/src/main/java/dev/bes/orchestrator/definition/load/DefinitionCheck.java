package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.check.CallbackValidator;
import dev.bes.orchestrator.definition.check.EndpointValidator;
import dev.bes.orchestrator.definition.check.FoldValidator;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.check.SemanticValidator;
import dev.bes.orchestrator.definition.check.overlap.ContainerValidator;
import dev.bes.orchestrator.definition.check.overlap.FolderValidator;
import dev.bes.orchestrator.definition.yaml.DefinitionSchema;
import dev.bes.orchestrator.definition.yaml.Diagnostics;
import dev.bes.orchestrator.definition.yaml.Document;
import dev.bes.orchestrator.definition.yaml.DocumentReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the text of a definition as the next start of the service would, beside the files that are in the folder now. */
public final class DefinitionCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String UNNAMED = "unnamed";

    private final Path folder;
    private final Set<String> endpoints;
    private final CronValidator cron;
    private final Folders folders;

    /**
     * A check with the settings of the service.
     *
     * @param folder the folder of definitions
     * @param endpoints names of the configured endpoints
     * @param folders the configured root folders
     */
    public DefinitionCheck(Path folder, Set<String> endpoints, CronValidator cron, Folders folders) {
        this.folder = folder;
        this.endpoints = Set.copyOf(endpoints);
        this.cron = cron;
        this.folders = folders;
    }

    /**
     * What was found.
     *
     * @param name the name in the text; null if there is none that a definition can have
     * @param definition the definition; null when there are mistakes
     * @param findings mistakes and warnings of the text, sorted by line and column
     */
    public record Result(@Nullable String name, @Nullable Definition definition, List<Diagnostic> findings) {}

    /**
     * Checks a text. Writes nothing.
     *
     * @param visible names of the other definitions with which it may be compared: findings name them
     */
    public Result check(String text, Predicate<String> visible) {
        String name = name(text);
        DefinitionFile file =
                new DefinitionFile(folder.resolve((name == null ? UNNAMED : name) + DefinitionFile.EXTENSION), text);
        DefinitionSchema schema = DefinitionSchema.shipped();
        SemanticValidator validator = new SemanticValidator(endpoints, cron);
        Optional<LocatedDefinition> read = file.read(schema, validator);
        read.ifPresent(definition -> checkFolders(definition, others(name, visible, schema, validator)));
        List<Diagnostic> findings = file.problems().stream().sorted().toList();
        boolean valid = findings.stream().allMatch(Diagnostic::isWarning);
        return new Result(name, valid ? read.map(LocatedDefinition::definition).orElse(null) : null, findings);
    }

    private void checkFolders(LocatedDefinition definition, List<LocatedDefinition> others) {
        List<LocatedDefinition> all = new ArrayList<>(others);
        // the last one is told of an overlap
        all.add(definition);
        new FolderValidator(folders, folder).check(all);
        new ContainerValidator(folders.stores()).check(all);
        CallbackValidator.checkAllowed(all, folders.callbacks());
        EndpointValidator.checkInputs(all, folders.oneInput());
        FoldValidator.checkEndpoints(all, folders.folding());
    }

    private List<LocatedDefinition> others(
            @Nullable String name, Predicate<String> visible, DefinitionSchema schema, SemanticValidator validator) {
        return DefinitionLoader.files(folder).stream()
                .map(DefinitionFile::new)
                .flatMap(file -> file.read(schema, validator).stream())
                .filter(other -> !other.definition().name().equals(name)
                        && visible.test(other.definition().name()))
                .toList();
    }

    /** The file that the service would read has the name of the definition. */
    private static @Nullable String name(String text) {
        return DocumentReader.read(text, new Diagnostics(UNNAMED))
                .map(Document::root)
                .map(root -> root.path("name").asString(""))
                .filter(name -> NAME.matcher(name).matches())
                .orElse(null);
    }
}
