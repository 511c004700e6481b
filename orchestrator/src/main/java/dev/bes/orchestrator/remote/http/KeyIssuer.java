package dev.bes.orchestrator.remote.http;

/** Who issues and checks a key. */
public enum KeyIssuer {
    /** API Management. */
    GATEWAY("subscription-key"),
    /** The web service itself. */
    SERVICE("service-key");

    private final String property;

    KeyIssuer(String property) {
        this.property = property;
    }

    /** The setting that holds its key. */
    String property() {
        return property;
    }
}
