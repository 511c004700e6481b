package dev.bes.orchestrator.definition.yaml;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.SourceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Gathers the problems of one file, and which values they blame, so that no cause is reported twice. */
public final class Diagnostics {

    private final String file;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Set<JsonPointer> blamed = new HashSet<>();

    public Diagnostics(String file) {
        this.file = file;
    }

    void add(SourceLocation sourceLocation, String message, @Nullable String hint) {
        problems.add(new Diagnostic(file, sourceLocation.line(), sourceLocation.column(), message, hint));
    }

    public void add(String message, @Nullable String hint) {
        problems.add(new Diagnostic(file, 0, 0, message, hint));
    }

    void warn(SourceLocation sourceLocation, String message, @Nullable String hint) {
        problems.add(new Diagnostic(
                Diagnostic.Severity.WARNING, file, sourceLocation.line(), sourceLocation.column(), message, hint));
    }

    /** The file and a place in it, as compilers write it. */
    String where(SourceLocation sourceLocation) {
        return file + ":" + sourceLocation.line() + ":" + sourceLocation.column();
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
        return problems.stream().allMatch(Diagnostic::isWarning);
    }

    public List<Diagnostic> problems() {
        return problems;
    }
}
