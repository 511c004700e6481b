package dev.bes.orchestrator.remote;

/**
 * The remote jobs of one endpoint. The way in which a job gets its id decides the submit protocol, so there is one port for
 * each class of services. Every call may throw {@link RemoteException}, whose subtype says whether it may be repeated.
 */
public sealed interface RemoteJobs permits TwoStepJobs, NamedJobs, UnnamedJobs {

    /** Requests the status of a job. */
    JobStatus status(String jobId);

    /** Requests the cancellation of a job. A job that has ended does not change. */
    void cancel(String jobId);
}
