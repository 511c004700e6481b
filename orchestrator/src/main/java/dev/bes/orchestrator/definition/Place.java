package dev.bes.orchestrator.definition;

import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.TokenStreamLocation;

/** A place in a file; line and column count from 1. */
public record Place(int line, int column) {

    public static final Place START = new Place(1, 1);

    public static Place of(TokenStreamLocation location) {
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    public static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
