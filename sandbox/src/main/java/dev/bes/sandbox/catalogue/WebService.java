package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One web service.
 *
 * @param workspaceId 32 hex characters, the group of the classic address
 * @param subscriptionId 32 hex characters, the group of the newer address
 * @param serviceId 32 hex characters
 * @param parameters the settings of the model that requests may give
 * @param inputs those of the model, in its order
 * @param outputs the names of the model's outputs, in its order
 * @param fixed the settings of the model that requests cannot give
 * @param encrypted whether its endpoint is encrypted, so that a job must say where each output goes
 */
public record WebService(
        String name,
        String description,
        String workspaceId,
        String subscriptionId,
        String serviceId,
        String primaryKey,
        String secondaryKey,
        Behaviour behaviour,
        List<Parameter> parameters,
        List<Input> inputs,
        List<String> outputs,
        Model model,
        Map<String, String> fixed,
        boolean encrypted) {

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

    /** The names of the inputs. */
    public List<String> inputNames() {
        return inputs.stream().map(Input::name).toList();
    }

    /**
     * The settings of one execution.
     *
     * @param given a value for each parameter
     * @param numbersAsIs whether a word of digits only is its own hash
     */
    public Settings settings(Map<String, String> given, boolean numbersAsIs) {
        Map<String, String> values = new HashMap<>();
        model.settings().forEach(setting -> {
            if (setting.fallback() != null) {
                values.put(setting.name(), setting.fallback());
            }
        });
        values.putAll(fixed);
        values.putAll(given);
        return new Settings(values, numbersAsIs);
    }

    @Override
    public String toString() {
        return "WebService[" + name + "]";
    }
}
