package dev.bes.sandbox.batchendpoints.token;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whom a token is for. Source: "authorization on batch endpoints" and "troubleshoot batch endpoints" of Azure Machine Learning:
 * invoking takes a token for one resource, managing one for another.
 */
public enum Audience {
    /** The data plane: invoke, and the jobs of an endpoint. */
    MACHINE_LEARNING("https://ml.azure.com", "https://ml.azure.com"),
    /** Azure Resource Manager; both names mean it. */
    RESOURCE_MANAGER("https://management.azure.com", "https://management.core.windows.net"),
    /** Something else, which none of the two takes. */
    GRAPH("https://graph.microsoft.com", "https://graph.microsoft.com");

    private final String resource;
    private final String alias;

    Audience(String resource, String alias) {
        this.resource = resource;
        this.alias = alias;
    }

    /** The audience of a resource, with or without a slash at its end. */
    static Optional<Audience> of(String resource) {
        String name = resource.replaceAll("/+$", "");
        return Arrays.stream(values())
                .filter(it -> it.resource.equals(name) || it.alias.equals(name))
                .findFirst();
    }

    /** The resource that a token names. */
    public String resource() {
        return resource;
    }
}
