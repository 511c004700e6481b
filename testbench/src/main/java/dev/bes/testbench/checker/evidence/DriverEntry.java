package dev.bes.testbench.checker.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** One entry of the driver's journal: an action of the driver or an answer of the service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DriverEntry.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = DriverEntry.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = DriverEntry.RequestCommitted.class, name = "request-committed"),
    @JsonSubTypes.Type(value = DriverEntry.BackfillAsked.class, name = "backfill-asked"),
    @JsonSubTypes.Type(value = DriverEntry.BackfillAcknowledged.class, name = "backfill-acknowledged"),
    @JsonSubTypes.Type(value = DriverEntry.FileDropped.class, name = "file-dropped"),
    @JsonSubTypes.Type(value = DriverEntry.CallbackReceived.class, name = "callback-received"),
    @JsonSubTypes.Type(value = DriverEntry.FireTimePassed.class, name = "fire-time-passed"),
    @JsonSubTypes.Type(value = DriverEntry.CancelAcknowledged.class, name = "cancel-acknowledged"),
    @JsonSubTypes.Type(value = DriverEntry.FaultBegun.class, name = "fault-begun"),
    @JsonSubTypes.Type(value = DriverEntry.FaultEnded.class, name = "fault-ended")
})
public sealed interface DriverEntry {

    /** Time by the driver's clock. An action is recorded before it begins, an answer after it arrived. */
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
     * The transaction of a request by SQL was committed, and the client knows it. One that was rolled back is not in the journal;
     * of one with an unclear end there is only {@link Asked}.
     *
     * @param key its idempotency key
     */
    record RequestCommitted(Instant at, String key) implements DriverEntry {}

    /**
     * A backfill is about to be requested.
     *
     * @param schedule the schedule's name in its definition
     * @param fireTimes the fire times that it is about
     */
    record BackfillAsked(Instant at, String definition, String schedule, List<Instant> fireTimes)
            implements DriverEntry {}

    /** A backfill was answered with 2xx; the same values as in {@link BackfillAsked}. */
    record BackfillAcknowledged(Instant at, String definition, String schedule, List<Instant> fireTimes)
            implements DriverEntry {}

    /**
     * A whole file is about to be renamed into a drop folder, or written as a blob, never over another one.
     *
     * @param folder the drop folder, or store and prefix, as in the table {@code dropped_file}
     * @param name its name there
     * @param sha256 hash of its bytes, in hex
     * @param handling what the definition says of such files
     */
    record FileDropped(Instant at, String definition, String folder, String name, String sha256, Handling handling)
            implements DriverEntry {
        /** A file that is archived when it was scored, whatever its content. */
        public FileDropped(Instant at, String definition, String folder, String name, String sha256) {
            this(at, definition, folder, name, sha256, Handling.ARCHIVED);
        }
    }

    /** What a definition says of files that arrive. */
    enum Handling {
        /** Each is scored and archived; no other one has its content. */
        ARCHIVED,
        /** Of those with the same content one is scored; all are archived. */
        ONCE,
        /** Each stays where it is. */
        STAYING,
        /** It is a blob, which is archived when it was scored. */
        BLOB
    }

    /**
     * A call has told the driver of the end of a run.
     *
     * @param event the event that the call names
     */
    record CallbackReceived(Instant at, String event, long run) implements DriverEntry {}

    /**
     * A fire time has passed that must have its run. It is computed from the schedule, not from the result.
     *
     * @param schedule the schedule's name in its definition
     * @param fireTime the fire time
     */
    record FireTimePassed(Instant at, String definition, String schedule, Instant fireTime) implements DriverEntry {}

    /** The cancellation of a run was answered with 2xx while the run was live. */
    record CancelAcknowledged(Instant at, long run) implements DriverEntry {}

    /**
     * A fault begins now.
     *
     * @param id unique in the journal
     * @param target what it hits, for instance the name of a node
     */
    record FaultBegun(Instant at, String id, FaultKind fault, String target) implements DriverEntry {}

    /**
     * A fault is over: the target works again.
     *
     * @param id of the entry {@link FaultBegun}
     */
    record FaultEnded(Instant at, String id) implements DriverEntry {}
}
