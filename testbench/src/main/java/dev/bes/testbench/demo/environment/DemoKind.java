package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kind of the endpoint that the demo scores by. */
public enum DemoKind {
    /** The Batch Execution Service behind the managed API, as the guide has it. */
    BES {
        @Override
        Catalogue catalogue() {
            return Catalogue.demo();
        }

        @Override
        Map<String, Object> endpoint(Sandbox sandbox, WebService service) {
            return Map.of(
                    "url", sandbox.managedUrl() + service.path(),
                    "service-key", service.apiKey(),
                    "subscription-key", sandbox.subscription("unlimited").primaryKey());
        }
    },
    /** A model server by the Open Inference Protocol. */
    INFERENCE {
        @Override
        Catalogue catalogue() {
            return Catalogue.of("demo", MODEL);
        }

        @Override
        Map<String, Object> endpoint(Sandbox sandbox, WebService service) {
            return Map.of("kind", "inference", "url", sandbox.directUrl(), "inference.model", service.name());
        }

        /** A model server gives its tensors only; the definition says which columns are copied from the input. */
        @Override
        public String definition(String shipped, List<String> columns) {
            return shipped.replaceFirst(OUTPUT_COLUMNS, Matcher.quoteReplacement(outputColumns(columns)));
        }

        @Override
        public String difference() {
            return "; and the columns of its output, since a model server gives tensors only";
        }
    },
    /** Azure Machine Learning: jobs of a pipeline component, under names of the orchestrator. */
    AZUREML {
        @Override
        Catalogue catalogue() {
            return Catalogue.of("demo", MODEL.replace("- name: input1\n", "- name: input1\n        open: true\n"));
        }

        @Override
        Map<String, Object> endpoint(Sandbox sandbox, WebService service) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("kind", "azureml");
            all.put("azureml.mode", "named");
            all.put("azureml.subscription", "00000000-0000-4000-8000-000000000000");
            all.put("azureml.resource-group", "demo");
            all.put("azureml.workspace", "demo");
            all.put("azureml.datastore", "orchestrator");
            all.put("azureml.component", "/subscriptions/demo/components/" + service.name() + "/versions/1");
            all.put("azureml.compute", "cluster");
            all.put("azureml.arm-url", sandbox.directUrl());
            all.put("azureml.identity.credential", "client-secret");
            all.put("azureml.identity.tenant", "demo");
            all.put("azureml.identity.client-id", TokenAuthority.CLIENT_ID);
            all.put("azureml.identity.client-secret", sandbox.managementToken());
            all.put("azureml.identity.authority-url", sandbox.directUrl());
            return all;
        }

        /** A scoring script writes no header, and has its parameters inside. */
        @Override
        public String definition(String shipped, List<String> columns) {
            String header = "header: absent\n    " + outputColumns(columns);
            return shipped.replaceFirst(OUTPUT_COLUMNS, Matcher.quoteReplacement(header))
                    .replaceFirst("(?m)^parameters:\\R(?: +.*\\R)+\\R?", "");
        }

        @Override
        public String difference() {
            return "; and the columns of its output, which comes without a header, and no parameters";
        }
    };

    private static final String OUTPUT_COLUMNS = "columns: \\[Wildlife Species, [^\\]]*\\]";

    /** The service of the guide, with the column that the demo hashes. */
    private static final String MODEL =
            """
            services:
              - name: SimpleFeatureHashingExperiment
                description: Hashes the species of a bird strike.
                workspace: a0000000000000000000000000000001
                subscription: b0000000000000000000000000000001
                id: c0000000000000000000000000000001
                keys:
                  primary: c2FuZGJveCBkZW1vIGtleSAxIChwcmltYXJ5KQ==
                  secondary: c2FuZGJveCBkZW1vIGtleSAxIChzdGFuZGJ5KQ==
                model:
                  kind: feature-hashing
                parameters:
                  - {name: Target column, type: string, default: Wildlife Species}
                  - {name: Hashing bitsize, type: integer, default: 3, minimum: 1, maximum: 31}
                  - {name: N-grams, type: integer, default: 2, minimum: 0, maximum: 10}
                inputs:
                  - name: input1
                    columns:
                      - {name: Wildlife Species, type: String}
                outputs:
                  - name: output1
            """;

    /** The services of the sandbox. */
    abstract Catalogue catalogue();

    /** The settings of the endpoint, below its name. */
    abstract Map<String, Object> endpoint(Sandbox sandbox, WebService service);

    /**
     * The shipped definition as this kind needs it.
     *
     * @param columns columns of the sample
     */
    public String definition(String shipped, List<String> columns) {
        return shipped;
    }

    /** What is different in the definition, as the rest of a sentence; empty if nothing is. */
    public String difference() {
        return "";
    }

    private static String outputColumns(List<String> columns) {
        Stream<String> features = IntStream.range(0, 8).mapToObj("Wildlife Species_HashingFeature.%d"::formatted);
        return Stream.concat(columns.stream(), features)
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", ", "columns: [", "]"));
    }

    /** The name in the settings and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException listing the kinds, if there is none
     */
    public static DemoKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "write one of " + Arrays.stream(values()).map(DemoKind::word).collect(Collectors.joining(", "))));
    }
}
