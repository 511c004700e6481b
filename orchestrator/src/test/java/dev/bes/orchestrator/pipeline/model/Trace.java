package dev.bes.orchestrator.pipeline.model;

import java.util.ArrayList;
import java.util.List;

/** What happened in a sequence, in order, and what of it must not have. */
final class Trace {
    final List<String> lines = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    void note(String line) {
        lines.add(line);
    }

    void violation(String what) {
        lines.add("    !!! " + what);
        violations.add(what);
    }
}
