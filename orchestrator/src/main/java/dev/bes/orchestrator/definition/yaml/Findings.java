package dev.bes.orchestrator.definition.yaml;

import dev.bes.orchestrator.definition.Place;
import dev.bes.orchestrator.definition.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Gathers the problems of one file, and which values they blame, so that no cause is reported twice. */
public final class Findings {

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<JsonPointer> blamed = new HashSet<>();

    public Findings(String file) {
        this.file = file;
    }

    void add(Place place, String message, @Nullable String hint) {
        problems.add(new Problem(file, place.line(), place.column(), message, hint));
    }

    public void add(String message, @Nullable String hint) {
        problems.add(new Problem(file, 0, 0, message, hint));
    }

    void warn(Place place, String message, @Nullable String hint) {
        problems.add(new Problem(Problem.Severity.WARNING, file, place.line(), place.column(), message, hint));
    }

    /** The file and a place in it, as compilers write it. */
    String where(Place place) {
        return file + ":" + place.line() + ":" + place.column();
    }

    void blame(JsonPointer pointer) {
        blamed.add(pointer);
    }

    /** True when a problem of this very value has been reported. */
    boolean blames(JsonPointer pointer) {
        return blamed.contains(pointer);
    }

    /** True when there is no mistake; there may be warnings. */
    public boolean none() {
        return problems.stream().allMatch(Problem::isWarning);
    }

    public List<Problem> problems() {
        return problems;
    }
}
