package dev.bes.testbench.checker.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** One line of the driver's journal: what it did to the service, and what the service told it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DriverEntry.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = DriverEntry.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = DriverEntry.FileDropped.class, name = "file-dropped"),
    @JsonSubTypes.Type(value = DriverEntry.FireTimePassed.class, name = "fire-time-passed"),
    @JsonSubTypes.Type(value = DriverEntry.CancelAcknowledged.class, name = "cancel-acknowledged"),
    @JsonSubTypes.Type(value = DriverEntry.FaultBegun.class, name = "fault-begun"),
    @JsonSubTypes.Type(value = DriverEntry.FaultEnded.class, name = "fault-ended")
})
public sealed interface DriverEntry {

    /** When, by the driver's clock; written before an action begins, and after an answer has arrived. */
    Instant at();

    /**
     * A request for a run is about to be sent; once per key, however often it is sent.
     *
     * @param key its idempotency key
     */
    record Asked(Instant at, String definition, String key) implements DriverEntry {}

    /**
     * A request for a run was answered with 2xx; once per answer.
     *
     * @param key its idempotency key
     * @param run the run that the answer names
     */
    record Acknowledged(Instant at, String key, long run) implements DriverEntry {}

    /**
     * A whole file is about to be renamed into a drop folder, never over another one.
     *
     * @param folder the drop folder, as the service's ledger writes it
     * @param name its name there
     * @param sha256 hash of its bytes, in hex
     */
    record FileDropped(Instant at, String definition, String folder, String name, String sha256)
            implements DriverEntry {}

    /**
     * An instant of a schedule has passed that must have its run: computed from the schedule, not from what happened.
     *
     * @param schedule the schedule's name in its definition
     * @param fireTime the instant
     */
    record FireTimePassed(Instant at, String definition, String schedule, Instant fireTime) implements DriverEntry {}

    /** The cancellation of a run was answered with 2xx while the run was live. */
    record CancelAcknowledged(Instant at, long run) implements DriverEntry {}

    /**
     * A fault begins now.
     *
     * @param id tells one fault from all others of the journal
     * @param target what it hits, in words: the node's name, for instance
     */
    record FaultBegun(Instant at, String id, FaultKind fault, String target) implements DriverEntry {}

    /**
     * A fault is over: the node goes on or another one has taken its place, the database answers again.
     *
     * @param id as it began
     */
    record FaultEnded(Instant at, String id) implements DriverEntry {}
}
