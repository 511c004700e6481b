package dev.bes.orchestrator.remote.budget;

/** Which calls come first when there are too few. */
public enum CallPriority {
    /** What brings work on its way, or stops it. */
    URGENT,
    /** What only asks. */
    PATIENT
}
