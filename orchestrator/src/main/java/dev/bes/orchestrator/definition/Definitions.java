package dev.bes.orchestrator.definition;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The definitions of one folder, all valid. */
public final class Definitions {

    private final Path folder;
    private final Map<String, Definition> byName;
    private final List<Diagnostic> warnings;

    /**
     * @param folder the folder they were read from
     * @param all the definitions, with unique names
     * @param warnings findings that do not stop the service
     */
    public Definitions(Path folder, Collection<Definition> all, List<Diagnostic> warnings) {
        this.folder = folder;
        this.byName = all.stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(Definition::name, Function.identity(), (a, b) -> b, TreeMap::new),
                        Collections::unmodifiableMap));
        this.warnings = List.copyOf(warnings);
    }

    /** The definition of that name, if it exists. */
    public Optional<Definition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every definition, by name. */
    public Collection<Definition> all() {
        return byName.values();
    }

    /** Findings that do not stop the service, sorted by file, line and column. */
    public List<Diagnostic> warnings() {
        return warnings;
    }

    /** The folder they were read from; paths in {@code from} are relative to it. */
    public Path folder() {
        return folder;
    }
}
