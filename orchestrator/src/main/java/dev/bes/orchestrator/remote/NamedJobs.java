package dev.bes.orchestrator.remote;

/**
 * Jobs that one call creates and starts under a name that we choose. The name is the id of the job from then on; the same name
 * again is the same job or is refused, whatever became of the first answer.
 */
public non-sealed interface NamedJobs extends RemoteJobs {

    /**
     * Creates a job, which runs at once.
     *
     * @param name a UUID in its usual form; {@link #status} and {@link #cancel} take it as the id
     * @throws RemoteException.Rejected with {@link RemoteException.Reason#NAME_TAKEN} if there is a job of that name
     */
    void create(String name, JobRequest request);
}
