package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The model that the build has trained, and its example of a definition. */
public final class DemoModel {

    /** The name of the service, of its endpoint and of its definition. */
    public static final String NAME = "strike-damage";

    private DemoModel() {}

    /** The folder of the trained models. */
    static Path folder(DemoFolder folder) {
        return folder.project().resolve("models/target/models");
    }

    /** The settings of the endpoint. */
    static Map<String, Object> settings(Sandbox sandbox) {
        WebService service = sandbox.service(NAME);
        String prefix = "orchestrator.endpoints." + NAME + ".";
        return Map.of(
                prefix + "url", sandbox.managedUrl() + service.path(),
                prefix + "service-key", service.apiKey(),
                prefix + "subscription-key", sandbox.subscription("unlimited").primaryKey());
    }

    /** Adds the example to the definitions of the demo, with the file that it scores. */
    static void define(DemoFolder folder) {
        Path examples = folder.definitions().resolve("examples");
        try {
            Files.copy(examples.resolve(NAME + ".yaml"), folder.definitions().resolve(NAME + ".yaml"));
            Files.createDirectories(folder.definitions().resolve("data"));
            Files.copy(examples.resolve("data/strikes.csv"), folder.definitions().resolve("data/strikes.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
