package dev.bes.sandbox.document;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of all documents, so that people see all of them at once. */
public final class Mistakes {

    private final List<Mistake> found = new ArrayList<>();

    /** Adds a mistake; line and column count from 1. */
    public void add(String file, int line, int column, String problem, String advice) {
        found.add(new Mistake(file, line, column, problem, advice));
    }

    /** The mistakes in the order of files and lines; empty when there is none. */
    public List<Mistake> sorted() {
        return found.stream().sorted().distinct().toList();
    }
}
