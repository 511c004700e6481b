package dev.bes.orchestrator.web.problem;

import tools.jackson.core.JsonPointer;

/**
 * One of several mistakes in a request, as RFC 9457 shows it in section 3.
 *
 * @param pointer where it is: a JSON pointer as a fragment
 * @param detail what is wrong
 */
public record PointedMistake(String pointer, String detail) {

    /** The mistake at that pointer. */
    public static PointedMistake at(JsonPointer pointer, String detail) {
        return new PointedMistake("#" + pointer, detail);
    }
}
