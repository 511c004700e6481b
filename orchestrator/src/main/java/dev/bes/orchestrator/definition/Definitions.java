package dev.bes.orchestrator.definition;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The definitions of one folder, all valid. They are replaced as a whole when the folder has changed. */
public final class Definitions {

    private final Path folder;
    private volatile Loaded loaded;
    private volatile @Nullable Refusal refusal;

    private record Loaded(Map<String, Definition> byName, List<Diagnostic> warnings) {}

    /**
     * A change of the folder that was not taken over.
     *
     * @param at when it was read
     * @param problems its mistakes and warnings
     */
    public record Refusal(Instant at, List<Diagnostic> problems) {}

    /** The definitions were replaced, because their folder has changed. */
    public record Reloaded() {}

    /**
     * @param folder the folder they were read from
     * @param all the definitions, with unique names
     * @param warnings findings that do not stop the service
     */
    public Definitions(Path folder, Collection<Definition> all, List<Diagnostic> warnings) {
        this.folder = folder;
        Map<String, Definition> byName = all.stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(Definition::name, Function.identity(), (a, b) -> b, TreeMap::new),
                        Collections::unmodifiableMap));
        this.loaded = new Loaded(byName, List.copyOf(warnings));
    }

    /** The definition of that name, if it exists. */
    public Optional<Definition> find(String name) {
        return Optional.ofNullable(loaded.byName.get(name));
    }

    /** Every definition, by name. */
    public Collection<Definition> all() {
        return loaded.byName.values();
    }

    /** Findings that do not stop the service, sorted by file, line and column. */
    public List<Diagnostic> warnings() {
        return loaded.warnings;
    }

    /** The folder they were read from; paths in {@code from} are relative to it. */
    public Path folder() {
        return folder;
    }

    /** Takes over what was read from the folder later. */
    public void replace(Definitions later) {
        loaded = later.loaded;
        refusal = null;
    }

    /** Keeps the definitions as they are, although the folder has changed. */
    public void refuse(Refusal why) {
        refusal = why;
    }

    /** The last change of the folder, if it was not taken over. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
