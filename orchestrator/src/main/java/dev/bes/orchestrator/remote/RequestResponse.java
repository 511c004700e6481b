package dev.bes.orchestrator.remote;

import java.util.Map;

/** Scores small tables in one call, without a remote job. */
public interface RequestResponse {

    /**
     * Scores the inputs and waits for the outputs.
     *
     * @param inputs table by input name
     * @param parameters global parameters
     * @return table by output name
     * @throws IllegalArgumentException if there is no endpoint of that name
     * @throws RemoteException if it was not scored, or nobody knows
     */
    Map<String, Table> execute(String endpoint, Map<String, Table> inputs, Map<String, String> parameters);
}
