package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.catalogue.WebService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The kinds of remote services that the demo can show. The service is the same: it hashes a text column into features. */
public enum DemoKind {
    /** The guide's own: the Batch Execution Service behind the managed API. */
    BES("Wildlife Species") {
        @Override
        Map<String, Object> settings(Sandbox sandbox, String name) {
            WebService service = sandbox.service(name);
            return Map.of(
                    "url", sandbox.managedUrl() + service.path(),
                    "service-key", service.apiKey(),
                    "subscription-key", sandbox.subscription("unlimited").primaryKey());
        }

        @Override
        public String definition(String shipped, List<String> sample) {
            return shipped;
        }
    },
    /** Azure Machine Learning: jobs of a pipeline component, under names of the orchestrator. It has no parameters, so it hashes its default column. */
    AZUREML("Col2") {
        @Override
        Map<String, Object> settings(Sandbox sandbox, String name) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("kind", "azureml");
            all.put("azureml.mode", "named");
            all.put("azureml.subscription", "00000000-0000-4000-8000-000000000000");
            all.put("azureml.resource-group", "demo");
            all.put("azureml.workspace", "demo");
            all.put("azureml.datastore", "orchestrator");
            all.put("azureml.component", "/subscriptions/demo/components/" + name + "/versions/1");
            all.put("azureml.compute", "cluster");
            all.put("azureml.arm-url", sandbox.directUrl());
            all.put("azureml.identity.credential", "client-secret");
            all.put("azureml.identity.tenant", "demo");
            all.put("azureml.identity.client-id", TokenAuthority.CLIENT_ID);
            all.put("azureml.identity.client-secret", sandbox.managementToken());
            all.put("azureml.identity.authority-url", sandbox.directUrl());
            return all;
        }

        @Override
        public String definition(String shipped, List<String> sample) {
            List<String> columns = new ArrayList<>(sample);
            IntStream.range(0, FEATURES).mapToObj(n -> hashed() + n).forEach(columns::add);
            String header = "header: absent\n    columns: "
                    + columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", ", "[", "]"));
            return shipped.replaceFirst("columns: \\[Wildlife Species]", "columns: [" + hashedColumn() + "]")
                    .replaceFirst("columns: \\[Wildlife Species, [^]]*]", Matcher.quoteReplacement(header))
                    .replaceFirst("(?m)^parameters:\\R(?: +.*\\R)+\\R?", "");
        }
    },
    /** A model server by the Open Inference Protocol, which gets the rows in batches. It takes a column under the name that it has there. */
    INFERENCE("Col2") {
        @Override
        Map<String, Object> settings(Sandbox sandbox, String name) {
            return Map.of("kind", "inference", "url", sandbox.directUrl(), "inference.model", name);
        }

        @Override
        public String definition(String shipped, List<String> sample) {
            return AZUREML.definition(shipped, sample).replaceFirst("header: absent\\R *", "");
        }
    };

    /** Columns that the service adds. */
    public static final int FEATURES = 8;

    private static final String SERVICE = "SimpleFeatureHashingExperiment";
    private static final String ENDPOINT = "feature-hashing";

    private final String hashedColumn;

    DemoKind(String hashedColumn) {
        this.hashedColumn = hashedColumn;
    }

    /** The settings of the endpoint that the definition names; some values are secrets. */
    Map<String, Object> endpoint(Sandbox sandbox) {
        return endpoint(ENDPOINT, sandbox, SERVICE);
    }

    /**
     * The settings of an endpoint.
     *
     * @param endpoint its name
     * @param service the service of the sandbox behind it
     */
    Map<String, Object> endpoint(String endpoint, Sandbox sandbox, String service) {
        Map<String, Object> named = new LinkedHashMap<>();
        settings(sandbox, service)
                .forEach((key, value) -> named.put("orchestrator.endpoints." + endpoint + "." + key, value));
        return named;
    }

    /** The same without the prefix of the endpoint. */
    abstract Map<String, Object> settings(Sandbox sandbox, String service);

    /**
     * The shipped definition as this kind needs it.
     *
     * @param sample columns of the sample
     */
    public abstract String definition(String shipped, List<String> sample);

    /** The column that the service hashes. */
    public String hashedColumn() {
        return hashedColumn;
    }

    /** How the names of the columns begin that the service adds. */
    public String hashed() {
        return hashedColumn + "_HashingFeature.";
    }

    /** The name as an option. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
