package dev.bes.orchestrator.node;

import org.jspecify.annotations.Nullable;

/** Something that this process may suffer from, and that only somebody else can mend. */
@FunctionalInterface
public interface LivenessCheck {

    /** What is wrong now, in words; null if nothing is. Never waits. */
    @Nullable
    String now();
}
