package dev.bes.orchestrator.remote;

/** Jobs that one call registers and a second call starts. The service chooses the id; no job runs before its start. */
public non-sealed interface TwoStepJobs extends RemoteJobs {

    /**
     * Registers a job without starting it.
     *
     * @return the id of the job, for {@link #start}
     */
    String submit(JobRequest request);

    /**
     * Starts a registered job.
     *
     * @throws RemoteException.Rejected with {@link RemoteException.Reason#NOT_STARTABLE} if the job cannot be started, or cannot be started again
     */
    void start(String jobId);

    /** Checks that the service answers, without a side effect; throws {@link RemoteException} if it does not. */
    void probe();
}
