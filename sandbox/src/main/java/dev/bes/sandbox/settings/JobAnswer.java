package dev.bes.sandbox.settings;

/** What jobs do, and how they score, where no source says it. */
public sealed interface JobAnswer extends Answer {

    /** What a second start of a job does. */
    enum DoubleStart implements JobAnswer {
        /** 400 CannotStartJob. */
        REFUSED,
        /** The reply of a start, and nothing else. */
        IDEMPOTENT,
        /** The reply of a start, and the job runs again. */
        EXECUTED_TWICE
    }

    /** What a start of a cancelled job does. */
    enum StartOfCancelled implements JobAnswer {
        /** 400 CannotStartJob. */
        REFUSED,
        /** The reply of a start, and the job runs. */
        REVIVES
    }

    /** What a DELETE does to a job that was not started. */
    enum DeleteBeforeStart implements JobAnswer {
        /** The job is Cancelled, so that a later start meets a cancelled job. */
        CANCELS,
        /** The reply of a DELETE, but the job can be started as before. */
        IGNORED
    }

    /** What a job does when a blob exists at the location of its output. */
    enum ExistingOutput implements JobAnswer {
        /** It replaces the blob. */
        OVERWRITTEN,
        /** It fails. */
        FAILS_THE_JOB
    }

    /** What Feature Hashing takes for the hash of a word of digits only. */
    enum NumberWords implements JobAnswer {
        /** Its integer value, as {@code hashstring} of Vowpal Wabbit does. */
        OWN_VALUE,
        /** Its murmur3 hash, as of every other word. */
        HASHED
    }
}
