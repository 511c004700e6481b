package dev.bes.orchestrator.definition.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.TokenStreamLocation;

/** A location in a file. Line and column start at 1. */
public record SourceLocation(int line, int column) {

    /** The beginning of a file. */
    public static final SourceLocation START = new SourceLocation(1, 1);

    /** Converts the location of a Jackson token. */
    public static SourceLocation of(TokenStreamLocation location) {
        return new SourceLocation(location.getLineNr(), location.getColumnNr());
    }

    /** Converts the mark of a YAML engine, which starts at 0. */
    public static SourceLocation of(Mark mark) {
        return new SourceLocation(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
