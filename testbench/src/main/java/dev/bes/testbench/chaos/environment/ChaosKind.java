package dev.bes.testbench.chaos.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.StateTimes;
import dev.bes.testbench.checker.evidence.ServiceClass;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of remote services that the chaos test can have. The service is the same: it hashes a text column into features. */
public enum ChaosKind {
    /** The Batch Execution Service behind the managed API. */
    BES("Text"),
    /** Azure Machine Learning: some definitions create jobs under names of ours, others invoke a batch endpoint. */
    AZUREML("Col2"),
    /** A model server, which gets the rows in batches. */
    INFERENCE("Col2");

    private static final String FIRST = "feature-hashing";
    private static final String SECOND = "feature-hashing-2";
    private static final String FOLDED = "feature-hashing-folded";
    private static final String SECOND_FOLDED = "feature-hashing-2-folded";

    private final String column;

    ChaosKind(String column) {
        this.column = column;
    }

    /** The column that the service hashes. */
    public String column() {
        return column;
    }

    /** The links of a node, as often as they are drawn for faults. */
    public List<Link> links() {
        return switch (this) {
            case BES -> List.of(Link.API, Link.BLOBS, Link.DATABASE);
            case AZUREML ->
                List.of(
                        Link.TOKENS,
                        Link.RESOURCE_MANAGER,
                        Link.RESOURCE_MANAGER,
                        Link.SCORING_URI,
                        Link.SCORING_URI,
                        Link.JOB_LIST,
                        Link.BLOBS,
                        Link.DATABASE);
            case INFERENCE -> List.of(Link.MODEL_SERVER, Link.MODEL_SERVER, Link.BLOBS, Link.DATABASE);
        };
    }

    /** The classes of its endpoints, by their names. */
    public Map<String, ServiceClass> classes() {
        return switch (this) {
            case BES -> Map.of(FIRST, ServiceClass.TWO_STEP, SECOND, ServiceClass.TWO_STEP);
            case AZUREML ->
                Map.of(
                        FIRST,
                        ServiceClass.NAMED,
                        SECOND,
                        ServiceClass.UNNAMED,
                        FOLDED,
                        ServiceClass.NAMED,
                        SECOND_FOLDED,
                        ServiceClass.UNNAMED);
            case INFERENCE -> Map.of(FIRST, ServiceClass.ROWS, SECOND, ServiceClass.ROWS);
        };
    }

    /** The endpoint of some definitions, and of the shadows of the others. */
    public String endpoint() {
        return FIRST;
    }

    /** The endpoint of the other definitions, and of the shadows of the first. */
    public String otherEndpoint() {
        return SECOND;
    }

    /** The endpoints at which scorings share jobs; none if the kind has no jobs that they can share. */
    public List<String> foldedEndpoints() {
        return this == AZUREML ? List.of(FOLDED, SECOND_FOLDED) : List.of();
    }

    /** Sets how long jobs or calls take. */
    SandboxOptions sandbox(SandboxOptions options) {
        return switch (this) {
            case BES -> options.withServiceTime(Duration.ofMillis(200), Duration.ofSeconds(2));
            case AZUREML ->
                options.withBatchEndpoints(BatchEndpointSettings.DEFAULT.withStateTimes(new StateTimes(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(900),
                        Duration.ofMillis(100),
                        Duration.ofMillis(300))));
            case INFERENCE -> options.withRrsCapacity(RrsCapacity.DEFAULT.withCallTime(Duration.ofMillis(250)));
        };
    }

    /** The address that links to remote services lead to. */
    URI remote(Sandbox sandbox) {
        return this == BES ? sandbox.managedUrl() : sandbox.directUrl();
    }

    /** The name as an option. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
