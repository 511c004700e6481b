package dev.bes.sandbox.gateway.definition.read;

import dev.bes.sandbox.gateway.definition.InvalidManagedApiException;
import dev.bes.sandbox.gateway.definition.Mistake;
import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of all documents, so that people see all of them at once. */
final class Mistakes {

    private final List<Mistake> found = new ArrayList<>();

    void add(String file, int line, int column, String problem, String advice) {
        found.add(new Mistake(file, line, column, problem, advice));
    }

    /** @throws InvalidManagedApiException when there is a mistake */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidManagedApiException(
                    found.stream().sorted().distinct().toList());
        }
    }
}
