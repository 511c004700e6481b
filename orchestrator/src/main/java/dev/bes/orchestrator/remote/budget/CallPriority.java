package dev.bes.orchestrator.remote.budget;

/** The priority of a call while the budget has too few calls. */
public enum CallPriority {
    /** Calls that start or stop work. */
    URGENT,
    /** Calls that only read, such as a status. */
    PATIENT
}
