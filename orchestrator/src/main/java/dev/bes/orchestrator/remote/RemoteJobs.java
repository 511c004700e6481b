package dev.bes.orchestrator.remote;

/** The remote jobs of one endpoint. Every call throws {@link RemoteException} and may be repeated by the rules there. */
public interface RemoteJobs {

    /**
     * Registers a job without starting it.
     *
     * @return the id of the job; nothing runs until {@link #start} is called with it
     */
    String submit(JobRequest request);

    /** Starts a registered job. */
    void start(String jobId);

    /** Asks how a job stands. */
    JobStatus status(String jobId);

    /** Asks for a job to be cancelled; a job that has already ended stays as it is. */
    void cancel(String jobId);
}
