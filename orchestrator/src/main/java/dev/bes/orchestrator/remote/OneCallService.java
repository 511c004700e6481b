package dev.bes.orchestrator.remote;

import java.util.Map;

/** Scores small tables in one call, without a remote job: there is no id to ask for after a call without a clear answer. */
@FunctionalInterface
public interface OneCallService {

    /**
     * Scores the inputs and waits for the outputs.
     *
     * @param inputs table by input name
     * @param parameters global parameters
     * @return table by output name
     * @throws RemoteException if it was not scored, or nobody knows
     */
    Map<String, Table> score(Map<String, Table> inputs, Map<String, String> parameters);
}
