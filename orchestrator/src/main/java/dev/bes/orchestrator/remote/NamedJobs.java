package dev.bes.orchestrator.remote;

/**
 * Jobs that one call creates and starts under a name that we choose. The name is the id of the job. A second call with the
 * same name returns the same job or is refused, even if the first answer was lost.
 */
public non-sealed interface NamedJobs extends RemoteJobs {

    /**
     * Creates a job and starts it.
     *
     * @param name a UUID in its usual form; {@link #status} and {@link #cancel} take it as the id
     * @throws RemoteException.Rejected with {@link RemoteException.Reason#NAME_TAKEN} if there is a job of that name
     */
    void create(String name, JobRequest request);
}
