package dev.bes.orchestrator.remote;

/** Jobs that are registered first and started by a call of their own: the service gives the id, and nothing runs before the start. */
public non-sealed interface TwoStepJobs extends RemoteJobs {

    /**
     * Registers a job without starting it.
     *
     * @return the id of the job; nothing runs until {@link #start} is called with it
     */
    String submit(JobRequest request);

    /**
     * Starts a registered job.
     *
     * @throws RemoteException.Rejected with {@link RemoteException.Reason#NOT_STARTABLE} if the job can't be started, or not any more
     */
    void start(String jobId);

    /** Asks whether the service answers, without an effect; throws what stands in the way of an answer. */
    void probe();
}
