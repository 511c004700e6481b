package dev.bes.sandbox.managedapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import org.junit.jupiter.api.Test;

class ManagedApiReaderTests {

    private final ManagedApi api = ManagedApiReader.bundled();

    @Test
    void readsTheUrlTemplatesOfTheGuide() {
        assertThat(api.path()).isEqualTo("azureml-demo");
        assertThat(api.operations())
                .extracting(it -> it.method() + " " + it.urlTemplate())
                .startsWith(
                        "POST /workspaces/{workspace}/services/{service}/execute?api-version={api-version}&details={details}",
                        "POST /workspaces/{workspace}/services/{service}/jobs?api-version={api-version}",
                        "POST /workspaces/{workspace}/services/{service}/jobs/{jobid}/start?api-version={api-version}",
                        "GET /workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={api-version}",
                        "DELETE /workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={api-version}");
    }
}
