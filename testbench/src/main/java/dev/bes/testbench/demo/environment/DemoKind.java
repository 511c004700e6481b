package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            Stream<String> features = IntStream.range(0, 8).mapToObj("Wildlife Species_HashingFeature.%d"::formatted);
            String all = Stream.concat(columns.stream(), features)
                    .map("\"%s\""::formatted)
                    .collect(Collectors.joining(", "));
            return shipped.replaceFirst(
                    "columns: \\[Wildlife Species, [^\\]]*\\]", "columns: [" + all.replace("$", "\\$") + "]");
        }
    };

    /** The service of the guide, with the column that the demo hashes. */
    private static final String MODEL = """
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
                .orElseThrow(() -> new IllegalArgumentException("write one of "
                        + Arrays.stream(values()).map(DemoKind::word).collect(Collectors.joining(", "))));
    }
}
