package dev.bes.orchestrator.node;

import org.jspecify.annotations.Nullable;

/** Detects a condition that this process cannot repair by itself. */
@FunctionalInterface
public interface LivenessCheck {

    /** What is wrong now; null if there is no problem. Never waits. */
    @Nullable
    String now();
}
