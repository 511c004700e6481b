package dev.bes.orchestrator.definition;

import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.TokenStreamLocation;

/** A place in a file; line and column count from 1. */
public record SourceLocation(int line, int column) {

    public static final SourceLocation START = new SourceLocation(1, 1);

    public static SourceLocation of(TokenStreamLocation location) {
        return new SourceLocation(location.getLineNr(), location.getColumnNr());
    }

    public static SourceLocation of(Mark mark) {
        return new SourceLocation(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
