package dev.bes.orchestrator.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The definitions of one folder, all of them good. */
public final class Definitions {

    private static final Pattern YAML = Pattern.compile(".+[.]ya?ml", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Map<String, Definition> byName;
    private final List<Problem> warnings;

    private Definitions(Path folder, Map<String, Definition> byName, List<Problem> warnings) {
        this.folder = folder;
        this.byName = Collections.unmodifiableMap(byName);
        this.warnings = List.copyOf(warnings);
    }

    /** The same with the folders that a configuration has when it names none. */
    public static Definitions load(Path folder, Set<String> endpoints, CronCheck cron) {
        return load(folder, endpoints, cron, Folders.DEFAULTS);
    }

    /**
     * Reads every {@code *.yaml} of the folder, not of the folders in it.
     *
     * @param endpoints names of the configured endpoints
     * @param cron judge of cron expressions
     * @param folders where files come from and go to
     * @throws InvalidDefinitions when there is a mistake in any of them; it lists all mistakes
     */
    public static Definitions load(Path folder, Set<String> endpoints, CronCheck cron, Folders folders) {
        DefinitionSchema schema = DefinitionSchema.shipped();
        MeaningCheck meaning = new MeaningCheck(endpoints, cron);
        List<Problem> problems = new ArrayList<>();
        Map<String, Definition> byName = new TreeMap<>();
        List<LocatedDefinition> good = new ArrayList<>();
        List<DefinitionFile> read = new ArrayList<>();
        for (Path path : files(folder)) {
            DefinitionFile file = new DefinitionFile(path);
            file.read(schema, meaning).ifPresent(good::add);
            read.add(file);
        }
        problems.addAll(new FolderCheck(folders, folder).check(good));
        read.forEach(file -> problems.addAll(file.problems()));
        Collections.sort(problems);
        if (!problems.stream().allMatch(Problem::isWarning)) {
            throw new InvalidDefinitions(problems);
        }
        good.forEach(located -> byName.put(located.definition().name(), located.definition()));
        return new Definitions(folder, byName, problems);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDefinitions(List.of(new Problem(folder.toString(), 0, 0, "no such folder", null)));
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

    /** The definition of that name, if there is one. */
    public Optional<Definition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every definition, by name. */
    public Collection<Definition> all() {
        return byName.values();
    }

    /** What is no mistake, but to be looked at, sorted by place. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** The folder they were read from; paths in {@code from} are relative to it. */
    public Path folder() {
        return folder;
    }
}
