package dev.bes.orchestrator.remote;

/**
 * The remote jobs of one endpoint. How a job gets its id decides the protocol by which it is submitted, so that there is one
 * port for each class of services, and no other. Every call throws {@link RemoteException} and may be repeated by the rules there.
 */
public sealed interface RemoteJobs permits TwoStepJobs, NamedJobs, UnnamedJobs {

    /** Asks how a job stands. */
    JobStatus status(String jobId);

    /** Asks for a job to be cancelled; a job that has already ended stays as it is. */
    void cancel(String jobId);
}
