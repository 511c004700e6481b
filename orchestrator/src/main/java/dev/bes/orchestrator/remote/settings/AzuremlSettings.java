package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an endpoint of kind {@code azureml} needs besides: {@code orchestrator.endpoints.<name>.azureml.*}. Sources: Azure Machine Learning,
 * "manage and increase quotas" for the names; azureml-examples, cli/batch-score-rest.sh for the scoring URI.
 *
 * @param mode how jobs are created; null is refused
 * @param subscription id of the Azure subscription
 * @param resourceGroup resource group of the workspace
 * @param workspace name of the workspace
 * @param datastore name of a datastore of the workspace whose container is our own one: jobs read and write our blobs through it
 * @param endpoint name of the batch endpoint; only in mode {@code invoke}
 * @param scoringUri address that the batch endpoint is invoked at, ending in {@code /jobs}; only in mode {@code invoke}
 * @param deployment name of a deployment of the batch endpoint; null for its default
 * @param component resource id of the pipeline component that scores; only in mode {@code named}
 * @param compute name of the compute that runs the component; only in mode {@code named}
 * @param armUrl address of the Azure Resource Manager
 * @param dataPlaneUrl address that lists the jobs of a batch endpoint; null for that of the scoring URI's region
 * @param identity as whom the service calls
 */
public record AzuremlSettings(
        @Nullable Mode mode,
        @DefaultValue("") String subscription,
        @DefaultValue("") String resourceGroup,
        @DefaultValue("") String workspace,
        @DefaultValue("") String datastore,
        @DefaultValue("") String endpoint,
        @DefaultValue("") String scoringUri,
        @Nullable String deployment,
        @DefaultValue("") String component,
        @DefaultValue("") String compute,
        @DefaultValue("https://management.azure.com") String armUrl,
        @Nullable String dataPlaneUrl,
        @DefaultValue AzureIdentitySettings identity) {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern GROUP = Pattern.compile("[\\p{Alnum}_().-]{1,90}");
    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum}_-]{0,254}");
    private static final Pattern COMPONENT = Pattern.compile("(/subscriptions/|azureml://)[\\p{Alnum}_().:/-]{1,1000}");
    private static final Pattern REGIONAL =
            Pattern.compile("https://[\\p{Alnum}-]+\\.([\\p{Alnum}-]+)\\.inference\\.ml\\.azure\\.com/.*");

    /** How jobs are created. */
    public enum Mode {
        /** By the Azure Resource Manager, under a name of ours. */
        NAMED,
        /** By invoking a batch endpoint, which chooses the id. */
        INVOKE
    }

    /** Removes trailing slashes of the addresses; the address of the data plane follows from the scoring URI. */
    public AzuremlSettings {
        armUrl = WebAddress.trimmed(armUrl);
        scoringUri = WebAddress.trimmed(scoringUri);
        dataPlaneUrl = dataPlaneUrl == null ? regional(scoringUri) : WebAddress.trimmed(dataPlaneUrl);
    }

    /** Source: Location header of recorded invocations, azure-sdk-for-python. */
    private static @Nullable String regional(String scoringUri) {
        Matcher matcher = REGIONAL.matcher(scoringUri);
        return matcher.matches() ? "https://" + matcher.group(1) + ".api.azureml.ms" : null;
    }

    /** The path of the workspace at the Azure Resource Manager. */
    public String workspacePath() {
        return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/workspaces/%s"
                .formatted(subscription, resourceGroup, workspace);
    }

    /** The address that jobs are created at, for people. */
    String address() {
        return mode == Mode.INVOKE ? scoringUri : armUrl + workspacePath();
    }

    void check(String prefix) {
        if (mode == null) {
            throw new InvalidSetting(
                    prefix + "mode",
                    "is missing: write invoke to call a batch endpoint, or named to run a pipeline component under names of ours");
        }
        require(prefix + "subscription", subscription, ID, "the id of the Azure subscription");
        require(prefix + "resource-group", resourceGroup, GROUP, "the resource group of the workspace");
        require(prefix + "workspace", workspace, NAME, "the name of the workspace");
        require(prefix + "datastore", datastore, NAME, "the name of the datastore over orchestrator.blobs.container");
        WebAddress.checkProtected(prefix + "arm-url", armUrl);
        switch (mode) {
            case INVOKE -> checkInvoke(prefix);
            case NAMED -> {
                require(prefix + "component", component, COMPONENT, "the resource id of the pipeline component");
                require(prefix + "compute", compute, NAME, "the name of the compute that runs the component");
            }
        }
        identity.check(prefix + "identity.");
    }

    private void checkInvoke(String prefix) {
        require(prefix + "endpoint", endpoint, NAME, "the name of the batch endpoint");
        if (scoringUri.isEmpty()) {
            throw new InvalidSetting(
                    prefix + "scoring-uri", "is missing: set it to the scoring URI of the batch endpoint, ending in /jobs");
        }
        WebAddress.checkProtected(prefix + "scoring-uri", scoringUri);
        if (deployment != null) {
            require(prefix + "deployment", deployment, NAME, "the name of a deployment of the batch endpoint");
        }
        if (dataPlaneUrl == null) {
            throw new InvalidSetting(
                    prefix + "data-plane-url",
                    "is missing, and the scoring URI does not tell the region: set it to the address that lists jobs, such as https://westeurope.api.azureml.ms");
        }
        WebAddress.checkProtected(prefix + "data-plane-url", dataPlaneUrl);
    }

    private static void require(String property, String value, Pattern form, String what) {
        if (value.isEmpty()) {
            throw new InvalidSetting(property, "is missing: set it to " + what);
        }
        if (!form.matcher(value).matches()) {
            throw new InvalidSetting(property, "is not " + what + ": it has characters that cannot be in it, or too many");
        }
    }
}
