package dev.bes.orchestrator.definition.yaml;

import dev.bes.orchestrator.definition.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Collects the problems of one file and the values they are about, so that no cause is reported twice. */
public final class Diagnostics {

    private final String file;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Set<JsonPointer> invalid = new HashSet<>();

    /** Collects the problems of the file of this name. */
    public Diagnostics(String file) {
        this.file = file;
    }

    void add(SourceLocation sourceLocation, String message, @Nullable String hint) {
        problems.add(new Diagnostic(file, sourceLocation.line(), sourceLocation.column(), message, hint));
    }

    /** Adds a mistake of the file as a whole. */
    public void add(String message, @Nullable String hint) {
        problems.add(new Diagnostic(file, 0, 0, message, hint));
    }

    void warn(SourceLocation sourceLocation, String message, @Nullable String hint) {
        problems.add(new Diagnostic(
                Diagnostic.Severity.WARNING, file, sourceLocation.line(), sourceLocation.column(), message, hint));
    }

    /** The file and a location in it, as compilers write it. */
    String where(SourceLocation sourceLocation) {
        return file + ":" + sourceLocation.line() + ":" + sourceLocation.column();
    }

    void markInvalid(JsonPointer pointer) {
        invalid.add(pointer);
    }

    /** Whether a problem of this value was reported. */
    boolean isInvalid(JsonPointer pointer) {
        return invalid.contains(pointer);
    }

    /** Whether there is no mistake. Warnings are allowed. */
    public boolean isValid() {
        return problems.stream().allMatch(Diagnostic::isWarning);
    }

    /** All mistakes and warnings. */
    public List<Diagnostic> problems() {
        return problems;
    }
}
