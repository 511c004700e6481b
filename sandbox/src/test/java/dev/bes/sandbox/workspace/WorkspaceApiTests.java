package dev.bes.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.AddressCase;
import dev.bes.sandbox.settings.RequestAnswer.IdForm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the requests of the R package AzureML, and reads of the answers what it reads. */
class WorkspaceApiTests {

    private static final JsonMapper json = JsonMapper.builder().build();

    /** The expression of {@code getDetailsFromUrl}. */
    private static final Pattern HELP =
            Pattern.compile(".*?/workspaces/([A-Za-z0-9]*)/webservices/([A-Za-z0-9]*)/endpoints/([A-Za-z0-9]*)/*.*$");

    private static Sandbox sandbox;
    private static String workspace;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        workspace = sandbox.service("SimpleFeatureHashingExperiment").workspaceId();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void listsTheServicesOfAWorkspace() throws Exception {
        JsonNode services = list("/workspaces/" + workspace + "/webservices");

        assertThat(services.valueStream().map(it -> it.path("Name").stringValue()))
                .contains("SimpleFeatureHashingExperiment", "AlwaysFails");
        JsonNode service = services.path(0);
        assertThat(List.copyOf(service.propertyNames()))
                .containsExactly(
                        "Id",
                        "Name",
                        "Description",
                        "CreationTime",
                        "WorkspaceId",
                        "DefaultEndpointName",
                        "EndpointCount");
        assertThat(list("/workspaces/" + workspace + "/webservices/" + text(service, "Id")))
                .isEqualTo(service);
    }

    @Test
    void listsTheEndpointsOfAServiceWithKeysThatScore() throws Exception {
        JsonNode endpoint = endpoint();

        assertThat(List.copyOf(endpoint.propertyNames()))
                .containsExactly(
                        "Name",
                        "Description",
                        "CreationTime",
                        "WorkspaceId",
                        "WebServiceId",
                        "HelpLocation",
                        "PrimaryKey",
                        "SecondaryKey",
                        "ApiLocation",
                        "PreventUpdate",
                        "MaxConcurrentCalls",
                        "DiagnosticsTraceLevel",
                        "ThrottleLevel");
        String address = text(endpoint, "ApiLocation") + "/execute?api-version=2.0&details=true&format=swagger";
        HttpResponse<String> scored = send(
                "POST",
                address,
                "Bearer " + text(endpoint, "PrimaryKey"),
                "{\"Inputs\":{\"input1\":[{\"Col2\":\"This is a good day\"}]},\"GlobalParameters\":{}}");
        assertThat(scored.statusCode()).as(scored.body()).isEqualTo(200);
        assertThat(json.readTree(scored.body()).path("Results").has("output1")).isTrue();
        String service = "/workspaces/" + workspace + "/webservices/" + text(endpoint, "WebServiceId") + "/endpoints/";
        assertThat(list(service + "default")).isEqualTo(endpoint);
    }

    @Test
    void findsTheSchemaByTheAddressOfTheHelp() throws Exception {
        Matcher details = HELP.matcher(text(endpoint(), "HelpLocation"));
        assertThat(details.matches()).isTrue();
        assertThat(details.group(2)).isEqualTo(text(endpoint(), "WebServiceId"));

        String swagger = sandbox.directUrl() + "/workspaces/" + details.group(1) + "/services/" + details.group(3)
                + "/swagger.json";
        JsonNode document = json.readTree(send("GET", swagger, "", "").body());
        List<String> paths = new ArrayList<>(document.path("paths").propertyNames());
        assertThat(paths.stream().filter(path -> path.contains("/execute?"))).isNotEmpty();
        assertThat(document.path("paths").path(paths.get(1)).propertyNames()).containsExactly("post");
        assertThat(document.path("definitions").path("input1Item").isObject()).isTrue();
        assertThat(document.path("definitions")
                        .path("ExecutionRequest")
                        .path("example")
                        .path("Inputs")
                        .has("input1"))
                .isTrue();
    }

    @Test
    void describesAServiceThroughTheManagedApiByTheManagedAddress() throws Exception {
        String service = sandbox.service("SimpleFeatureHashingExperiment").path();
        String key = "?subscription-key=" + sandbox.subscription("unlimited").primaryKey();
        String managed = sandbox.managedUrl() + service + "/swagger.json";

        assertThat(send("GET", managed, "", "").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = send("GET", managed + key, "", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode document = json.readTree(answer.body());
        assertThat("http://" + text(document, "host") + text(document, "basePath"))
                .isEqualTo(sandbox.managedUrl() + service);
    }

    @Test
    void givesHelpWithoutAToken() throws Exception {
        String help = text(endpoint(), "HelpLocation");

        JsonNode document =
                json.readTree(send("GET", help + "/apidocument", "", "").body());
        assertThat(document.path("definitions").has("output1Item")).isTrue();
        assertThat(document)
                .isEqualTo(json.readTree(
                        send("GET", management(help) + "/apidocument", "", "").body()));

        String score = send("GET", help + "/score", "", "").body();
        assertThat(score.substring(score.indexOf("code-snippet-r") + "code-snippet-r".length() + 2))
                .contains("/execute?api-version=2.0", "POST");
        assertThat(send("GET", help + "/jobs", "", "").body()).contains("/jobs?api-version=2.0");
        assertThat(send("GET", help, "", "").body()).contains("/score");
        assertThat(send("GET", help + "x/score", "", "").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhatThePackageExpectsOfAnUnknownService() throws Exception {
        HttpResponse<String> answer = send(
                "GET",
                sandbox.directUrl() + "/workspaces/" + workspace + "/webservices/foo-does-not-exist",
                "Bearer " + sandbox.managementToken(),
                "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body())
                        .path("error")
                        .path("details")
                        .path(0)
                        .path("message")
                        .stringValue())
                .isEqualTo("Invalid web service ID provided. Verify the web service ID is correct and try again.");
    }

    @Test
    void takesTheSameFormsOfIdsAndAddressesAsTheServices() throws Exception {
        String id = text(endpoint(), "WebServiceId");
        String right = "/workspaces/" + workspace + "/webservices/" + id + "/endpoints";
        List<String> others = List.of(
                right + "/",
                "/Workspaces/" + workspace + "/WebServices/" + id + "/EndPoints",
                "/workspaces/" + workspace.toUpperCase(Locale.ROOT) + "/webservices/" + dashed(id) + "/endpoints",
                "/workspaces/" + dashed(workspace) + "/webservices/%7B" + dashed(id) + "%7D/endpoints");

        for (String other : others) {
            assertThat(list(other)).as(other).isEqualTo(list(right));
        }
        sandbox.assumptions(Assumptions.SAFE.with(IdForm.AS_ISSUED).with(AddressCase.MATTERS));
        try {
            for (String other : others.subList(1, 4)) {
                assertThat(send("GET", sandbox.directUrl() + other, "Bearer " + sandbox.managementToken(), "")
                                .statusCode())
                        .as(other)
                        .isBetween(400, 404);
            }
            assertThat(list(right).size()).isEqualTo(1);
        } finally {
            sandbox.assumptions(Assumptions.SAFE);
        }
    }

    private static String dashed(String id) {
        return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Bearer"})
    void showsKeysOnlyForTheToken(String authorization) throws Exception {
        String services = sandbox.directUrl() + "/workspaces/" + workspace + "/webservices";
        String endpoints = services + "/" + text(endpoint(), "WebServiceId") + "/endpoints";

        assertThat(send("GET", services, authorization, "").statusCode()).isEqualTo(401);
        assertThat(send("GET", endpoints, authorization, "").statusCode()).isEqualTo(401);
        assertThat(send("GET", endpoints, authorization, "").body())
                .doesNotContain(
                        sandbox.service("SimpleFeatureHashingExperiment").primaryKey());
    }

    private static JsonNode endpoint() throws Exception {
        String id = list("/workspaces/" + workspace + "/webservices")
                .valueStream()
                .filter(it -> text(it, "Name").equals("SimpleFeatureHashingExperiment"))
                .map(it -> text(it, "Id"))
                .findFirst()
                .orElseThrow();
        return list("/workspaces/" + workspace + "/webservices/" + id + "/endpoints")
                .path(0);
    }

    /** As {@code endpointHelp} rewrites the address of the help. */
    private static String management(String help) {
        return help.replace("/portal/apihelp", "");
    }

    private static JsonNode list(String path) throws Exception {
        HttpResponse<String> answer =
                send("GET", sandbox.directUrl() + path, "Bearer " + sandbox.managementToken(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).stringValue();
    }

    private static HttpResponse<String> send(String method, String address, String authorization, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
