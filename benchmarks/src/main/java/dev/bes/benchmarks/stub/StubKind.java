package dev.bes.benchmarks.stub;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds of remote services that the stub stands for, each with the settings of an endpoint of that kind. */
public enum StubKind {
    /** Batch Execution Service: submit, start, poll. */
    BES {
        @Override
        Map<String, Object> settings(String url) {
            return Map.of("url", url + Stub.SERVICE, "service-key", StubAddress.KEY);
        }
    },
    /** Azure Machine Learning, jobs under names of ours. */
    NAMED {
        @Override
        Map<String, Object> settings(String url) {
            return azureml(url, "named");
        }
    },
    /** Azure Machine Learning, a batch endpoint. */
    INVOKE {
        @Override
        Map<String, Object> settings(String url) {
            return azureml(url, "invoke");
        }
    },
    /** A model server: rows in batches of ours. */
    INFERENCE {
        @Override
        Map<String, Object> settings(String url) {
            return Map.of(
                    "kind",
                    "inference",
                    "url",
                    url,
                    "inference.model",
                    StubModel.NAME,
                    "inference.parallel-batches",
                    PARALLEL_BATCHES);
        }
    };

    private static final int PARALLEL_BATCHES = 32;

    /** Settings of an endpoint at the stub's address. */
    abstract Map<String, Object> settings(String url);

    /** Its name in tables. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> azureml(String url, String mode) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", "azureml");
        String prefix = "azureml.";
        all.put(prefix + "mode", mode);
        all.put(prefix + "subscription", "0b1f6471-1bf0-4dda-aec3-111122223333");
        all.put(prefix + "resource-group", "rg");
        all.put(prefix + "workspace", "ws");
        all.put(prefix + "datastore", "orchestrator");
        if (mode.equals("named")) {
            all.put(prefix + "component", "/subscriptions/s/components/stub/versions/1");
            all.put(prefix + "compute", "cluster");
        } else {
            all.put(prefix + "endpoint", "stub");
            all.put(prefix + "scoring-uri", url + StubWorkspace.ENDPOINT + "/jobs");
            all.put(prefix + "data-plane-url", url);
        }
        all.put(prefix + "arm-url", url);
        all.put(prefix + "identity.credential", "client-secret");
        all.put(prefix + "identity.tenant", "contoso.example");
        all.put(prefix + "identity.client-id", "5a4d0b0c-0000-4000-8000-000000000001");
        all.put(prefix + "identity.client-secret", StubAddress.KEY);
        all.put(prefix + "identity.authority-url", url);
        return all;
    }
}
