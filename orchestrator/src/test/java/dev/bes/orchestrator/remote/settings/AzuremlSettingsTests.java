package dev.bes.orchestrator.remote.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AzuremlSettingsTests {
    private static final String PREFIX = "orchestrator.endpoints.aml.azureml.";
    private static final List<String> NAMED = List.of(
            "orchestrator.blobs.connection-string=AccountName=a;AccountKey=blobsecret==",
            "orchestrator.endpoints.aml.kind=azureml",
            PREFIX + "mode=named",
            PREFIX + "subscription=0b1f6471-1bf0-4dda-aec3-111122223333",
            PREFIX + "resource-group=rg-ml",
            PREFIX + "workspace=ws-ml",
            PREFIX + "datastore=orchestrator",
            PREFIX + "component=/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/components/c/versions/1",
            PREFIX + "compute=cluster");
    private static final List<String> INVOKE = List.of(
            PREFIX + "mode=invoke",
            PREFIX + "endpoint=strikes",
            PREFIX + "scoring-uri=https://strikes.westeurope.inference.ml.azure.com/jobs");

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(RemoteConfiguration.class)
            .withPropertyValues(NAMED.toArray(String[]::new));

    private static AzuremlSettings of(RemoteSettings settings) {
        return Objects.requireNonNull(settings.endpoints().get("aml").azureml());
    }

    @Test
    void haveDefaultsForTheAddressesOfAzureAndTheIdentityOfTheMachine() {
        context.run(started -> {
            RemoteSettings settings = started.getBean(RemoteSettings.class);
            assertThat(of(settings).armUrl()).isEqualTo("https://management.azure.com");
            assertThat(of(settings).identity())
                    .isEqualTo(new AzureIdentitySettings(
                            Credential.DEFAULT, null, null, null, null, null, "https://login.microsoftonline.com"));
            assertThat(settings.endpoints().get("aml").url())
                    .isEqualTo("https://management.azure.com/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333"
                            + "/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws-ml");
        });
    }

    @Test
    void takeTheAddressOfTheListFromTheRegionOfTheScoringUri() {
        context.withPropertyValues(INVOKE.toArray(String[]::new)).run(started -> {
            RemoteSettings settings = started.getBean(RemoteSettings.class);
            assertThat(of(settings).dataPlaneUrl()).isEqualTo("https://westeurope.api.azureml.ms");
            assertThat(settings.endpoints().get("aml").url())
                    .isEqualTo("https://strikes.westeurope.inference.ml.azure.com/jobs");
        });
    }

    @Test
    void hideTheSecretsOfTheIdentity() {
        String identity = PREFIX + "identity.";
        context.withPropertyValues(
                        identity + "credential=client-secret",
                        identity + "tenant=t",
                        identity + "client-id=c",
                        identity + "client-secret=applicationsecret",
                        identity + "certificate-password=certificatesecret")
                .run(started -> {
                    assertThat(started.getBean(RemoteSettings.class).toString()).doesNotContain("secret,", "applicationsecret");
                    assertThat(started.getBean(Redaction.class).redact("applicationsecret certificatesecret"))
                            .isEqualTo("*** ***");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode= | mode is missing: write invoke to call a batch endpoint, or named",
                "subscription= | subscription is missing: set it to the id of the Azure subscription",
                "subscription=my subscription | subscription is not the id of the Azure subscription",
                "resource-group= | resource-group is missing: set it to the resource group of the workspace",
                "resource-group=a/../b | resource-group is not the resource group of the workspace",
                "workspace= | workspace is missing: set it to the name of the workspace",
                "workspace=a?b | workspace is not the name of the workspace",
                "datastore= | datastore is missing: set it to the name of the datastore over orchestrator.blobs.container",
                "component= | component is missing: set it to the resource id of the pipeline component",
                "component=score | component is not the resource id of the pipeline component",
                "compute= | compute is missing: set it to the name of the compute that runs the component",
                "arm-url=http://management.azure.com | arm-url must be an https URL",
                "arm-url=https://u:secret@x | arm-url must be an https URL",
                "identity.authority-url=http://login.example | identity.authority-url must be an https URL",
                "identity.credential=client-secret | identity.tenant is missing: set it to the id of the tenant",
            })
    void sayWhatIsMissingOrWrongInModeNamed(String property, String told) {
        isRefused(List.of(PREFIX + property), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint= | endpoint is missing: set it to the name of the batch endpoint",
                "scoring-uri= | scoring-uri is missing: set it to the scoring URI of the batch endpoint, ending in /jobs",
                "scoring-uri=http://strikes.example/jobs | scoring-uri must be an https URL",
                "scoring-uri=https://strikes.example/jobs | data-plane-url is missing, and the scoring URI does not tell the region",
                "deployment=a/b | deployment is not the name of a deployment",
                "data-plane-url=http://x | data-plane-url must be an https URL",
            })
    void sayWhatIsMissingOrWrongInModeInvoke(String property, String told) {
        List<String> all = new ArrayList<>(INVOKE);
        all.add(PREFIX + property);
        isRefused(all, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client-secret | client-id= | identity.client-id is missing: set it to the id of the application",
                "client-secret | client-id=c | identity.client-secret is missing: set it to its secret",
                "certificate | client-id=c | identity.certificate is missing: set it to the file with the certificate",
            })
    void sayWhatIsMissingForAnApplication(String credential, String property, String told) {
        String identity = PREFIX + "identity.";
        isRefused(List.of(identity + "credential=" + credential, identity + "tenant=t", identity + property), told);
    }

    private void isRefused(List<String> properties, String told) {
        context.withPropertyValues(properties.toArray(String[]::new))
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith(PREFIX + told)
                        .hasMessageNotContaining("secret@"));
    }
}
