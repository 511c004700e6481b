package dev.bes.sandbox.catalogue;

import java.util.List;

/**
 * One web service with one input, {@code input1}, and one output, {@code output1}.
 *
 * @param workspaceId 32 hex characters, the group of the classic address
 * @param subscriptionId 32 hex characters, the group of the newer address
 * @param serviceId 32 hex characters
 */
public record WebService(
        String name,
        String workspaceId,
        String subscriptionId,
        String serviceId,
        String primaryKey,
        String secondaryKey,
        Behaviour behaviour,
        List<Parameter> parameters) {

    /** The name of the only input. */
    public static final String INPUT = "input1";

    /** The name of the only output. */
    public static final String OUTPUT = "output1";

    /** The classic address below a port or an API suffix: {@code /workspaces/…/services/…}. */
    public String path() {
        return "/workspaces/" + workspaceId + "/services/" + serviceId;
    }

    /** The newer address: {@code /subscriptions/…/services/…}. */
    public String newPath() {
        return "/subscriptions/" + subscriptionId + "/services/" + serviceId;
    }

    /** The key to send as {@code Authorization: Bearer …}. */
    public String apiKey() {
        return primaryKey;
    }

    /** Whether a key opens this service. */
    public boolean accepts(String key) {
        return key.equals(primaryKey) || key.equals(secondaryKey);
    }

    @Override
    public String toString() {
        return "WebService[" + name + "]";
    }
}
