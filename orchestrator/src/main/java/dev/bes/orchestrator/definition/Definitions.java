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

    private Definitions(Path folder, Map<String, Definition> byName) {
        this.folder = folder;
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Reads every {@code *.yaml} of the folder, not of the folders in it.
     *
     * @param endpoints names of the configured endpoints
     * @param cron judge of cron expressions
     * @throws InvalidDefinitions when there is a mistake in any of them; it lists all mistakes
     */
    public static Definitions load(Path folder, Set<String> endpoints, CronCheck cron) {
        DefinitionSchema schema = DefinitionSchema.shipped();
        MeaningCheck meaning = new MeaningCheck(endpoints, cron);
        List<Problem> problems = new ArrayList<>();
        Map<String, Definition> byName = new TreeMap<>();
        for (Path path : files(folder)) {
            DefinitionFile file = new DefinitionFile(path);
            file.read(schema, meaning).ifPresent(definition -> byName.put(definition.name(), definition));
            problems.addAll(file.problems());
        }
        if (!problems.isEmpty()) {
            throw new InvalidDefinitions(problems.stream().sorted().toList());
        }
        return new Definitions(folder, byName);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDefinitions(List.of(new Problem(folder.toString(), 0, 0, "no such folder", null)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            path -> YAML.matcher(path.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
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

    /** The folder they were read from; paths in {@code from} are relative to it. */
    public Path folder() {
        return folder;
    }
}
