package dev.bes.orchestrator.remote;

import java.util.Map;

/** Scores small tables in one call, without a remote job. After a call without an answer there is no id to ask for. */
@FunctionalInterface
public interface OneCallService {

    /**
     * Scores the inputs and waits for the outputs.
     *
     * @param inputs table by input name
     * @param parameters global parameters
     * @return table by output name
     * @throws RemoteException if it was not scored, or the outcome is unknown
     */
    Map<String, Table> score(Map<String, Table> inputs, Map<String, String> parameters);
}
