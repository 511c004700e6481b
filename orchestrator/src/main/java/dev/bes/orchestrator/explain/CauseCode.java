package dev.bes.orchestrator.explain;

import java.util.Locale;

/**
 * What kind of cause it is. Programs may rely on the words; docs/triggers.md lists them. Of the causes of an unfinished run, one
 * that stands further up comes first.
 */
public enum CauseCode {
    /** Somebody must decide before it goes on. */
    NEEDS_ATTENTION,
    /** It waits for an endpoint that the settings do not name. */
    ENDPOINT_UNKNOWN,
    /** A change of the definitions was refused. */
    CHANGE_REFUSED,
    /** A node that held it, or could have started it, is away. */
    NODE_AWAY,
    /** No node is, or was, there. */
    NO_NODE,
    /** It is being cancelled. */
    CANCELLING,
    /** The endpoint refuses calls or does not answer. */
    ENDPOINT_FAILING,
    /** The managed API asked to wait. */
    THROTTLED,
    /** The call budget does not allow more calls yet. */
    CALL_BUDGET,
    /** The endpoint works on as many jobs as it may. */
    ENDPOINT_FULL,
    /** Its pool allows no more starts. */
    POOL,
    /** Other fairness keys of its definition have their turns. */
    FAIRNESS,
    /** The last try failed, and it is tried again. */
    RETRYING,
    /** It shares the remote job of another run, or waits for that run to start. */
    SHARED_JOB,
    /** It waits for a time. */
    WAITING,
    /** It waits until a node takes it, after what came before it. */
    IN_LINE,
    /** A node works on it. */
    WORKING,
    /** Its remote job is under way. */
    REMOTE_JOB,
    /** The run has finished. */
    FINISHED,
    /** The run has failed. */
    FAILED,
    /** The run was cancelled. */
    CANCELLED,
    /** A run started. */
    STARTED,
    /** A run is about to be accepted. */
    STARTING,
    /** A run starts after an earlier one. */
    QUEUED,
    /** A run failed at once. */
    REJECTED,
    /** The day is no business day. */
    HOLIDAY,
    /** The schedule is, or was, paused. */
    PAUSED,
    /** No node could start the run in time. */
    MISSED,
    /** An earlier run was unfinished. */
    OVERLAP,
    /** The time is moved to a business day. */
    MOVED,
    /** Only another business day of the month counts. */
    OTHER_BUSINESS_DAY,
    /** Clocks leave the time out, or show it twice. */
    CLOCK_CHANGE,
    /** The time is before the start or after the end of the schedule, or it never fires again. */
    OUTSIDE_DATES,
    /** The schedule has no time then. */
    NOT_DUE,
    /** The time is still to come. */
    PLANNED,
    /** Its start is delayed by jitter. */
    JITTER,
    /** Nothing is recorded. */
    NOT_RECORDED,
    /** Nothing starts it but a request. */
    ON_REQUEST,
    /** It has no run. */
    NO_RUN,
    /** Too many scorings are unfinished. */
    QUEUE_FULL,
    /** No file that it takes lies in its drop folder. */
    NO_FILE,
    /** It waits for its done-marker. */
    WAITS_FOR_MARKER,
    /** It is a done-marker. */
    DONE_MARKER,
    /** Its name is one that writers use until a file is complete. */
    TEMPORARY_NAME,
    /** It changed a short while ago. */
    SETTLING,
    /** It is taken in a moment. */
    COMPLETE,
    /** Its group is not complete. */
    GROUP_WAITS,
    /** It was taken. */
    TAKEN,
    /** It was scored. */
    SCORED,
    /** Its content was scored before. */
    DUPLICATE,
    /** It is kept apart. */
    QUARANTINED,
    /** It was put back from quarantine. */
    RETRIED,
    /** No pattern matches its name. */
    NO_MATCH,
    /** Its name is excluded. */
    EXCLUDED,
    /** It is too small or too large. */
    WRONG_SIZE,
    /** Its name has no key of a group. */
    NO_KEY,
    /** It is no plain file of its own. */
    NOT_PLAIN,
    /** It may not be read. */
    NOT_READABLE,
    /** No definition names its folder. */
    NOT_WATCHED,
    /** It was removed before it was taken. */
    GONE,
    /** No node has seen it. */
    NEVER_SEEN,
    /** A request waits for a node. */
    REQUEST_WAITS,
    /** A request was refused. */
    REQUEST_REFUSED,
    /** No such request is recorded. */
    REQUEST_UNKNOWN;

    /** As the API has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
