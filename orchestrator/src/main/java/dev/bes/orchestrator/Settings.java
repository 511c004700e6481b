package dev.bes.orchestrator;

import dev.bes.orchestrator.callback.AllowedAddresses;
import dev.bes.orchestrator.definition.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The settings that definitions are checked against.
 *
 * @param endpoints names of the endpoints
 * @param folders the folders of files
 */
record Settings(Set<String> endpoints, Folders folders) {
    /** Kinds whose services take one input. */
    private static final Set<String> ONE_INPUT = Set.of("azureml", "inference");

    static Settings of(Environment environment) {
        Binder binder = Binder.get(environment);
        Map<String, Object> endpoints = binder.bind(
                        "orchestrator.endpoints", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        return new Settings(
                endpoints.keySet(),
                new Folders(
                        folder(binder, Folders.DROP_ROOT, Folders.DEFAULTS.dropRoot()),
                        folder(binder, Folders.DELIVERY_ROOT, Folders.DEFAULTS.deliveryRoot()),
                        binder.bind("orchestrator.blobs.stores", Bindable.mapOf(String.class, Object.class))
                                .orElse(Map.of())
                                .keySet(),
                        AllowedAddresses.including(
                                binder.bind("orchestrator.callbacks.allow", Bindable.listOf(String.class))
                                        .orElse(List.of())),
                        endpoint -> ONE_INPUT.contains(
                                binder.bind("orchestrator.endpoints." + endpoint + ".kind", String.class)
                                        .orElse("")),
                        endpoint -> !endpoints.containsKey(endpoint) || isFolding(endpoints.get(endpoint))));
    }

    /** Only jobs of Azure Machine Learning take a folder of files. */
    private static boolean isFolding(@Nullable Object endpoint) {
        return endpoint instanceof Map<?, ?> its && "azureml".equals(its.get("kind"));
    }

    private static Path folder(Binder binder, String setting, Path otherwise) {
        return binder.bind(setting, Path.class).orElse(otherwise);
    }
}
