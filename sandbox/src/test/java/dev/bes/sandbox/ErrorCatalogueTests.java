package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.Parameter;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.model.HashingModel;
import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.SavedQuery;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ErrorCatalogueTests {

    private static final String REF =
            "{\"ConnectionString\":\"UseDevelopmentStorage=true\",\"RelativeLocation\":\"%s\"}";
    private static final WebService STRICT =
            service("c", List.of(Parameter.text("must", null), Parameter.number("few", 1, 1, 9)), new HashingModel());

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withCatalogue(new Catalogue(List.of(STRICT))));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "RequestBodyInvalid             | ",
                "RequestBodyInvalid             | {oops",
                "RequestBodyInvalid             | [1]",
                "RequestBodyInvalid             | {\"Inputs\":7}",
                "RequestIsEmpty                 | null",
                "DuplicateInputInBatchCall      | {\"Input\":@a/b.csv,\"Inputs\":{\"input1\":@a/b.csv}}",
                "BatchJobInputsNotSpecified     | {}",
                "BatchJobInputsNotSpecified     | {\"Inputs\":{}}",
                "BatchJobInputsTooManySpecified | {\"Inputs\":{\"input1\":@abc/b.csv,\"input2\":@abc/b.csv}}",
                "InvalidInputNames              | {\"Inputs\":{\"Input1\":@abc/b.csv}}",
                "MissingInputBlobInformation    | {\"Input\":{\"RelativeLocation\":\"abc/b.csv\"}}",
                "MissingInputBlobInformation    | {\"Inputs\":{\"input1\":null}}",
                "InvalidBlob                    | {\"Input\":{\"BaseLocation\":\"http://h/\",\"RelativeLocation\":\"abc/b.csv\"}}",
                "InvalidBlob                    | {\"Input\":{\"ConnectionString\":\"UseDevelopmentStorage=true\",\"BaseLocation\":\"http://h/\",\"SasBlobToken\":\"?s\",\"RelativeLocation\":\"abc/b.csv\"}}",
                "InvalidBlobConnectionString    | {\"Input\":{\"ConnectionString\":\"nonsense\",\"RelativeLocation\":\"abc/b.csv\"}}",
                "InputBlobRelativeLocationInvalid | {\"Input\":{\"ConnectionString\":\"UseDevelopmentStorage=true\"}}",
                "InputBlobRelativeLocationInvalid | {\"Input\":@abc/}",
                "ContainerIsEmpty               | {\"Input\":@//b.csv}",
                "ContainerSegmentInvalid        | {\"Input\":@b.csv}",
                "ContainerSegmentInvalid        | {\"Input\":@Upper/b.csv}",
                "InvalidBlobExtension           | {\"Input\":@abc/b.xlsx}",
                "InvalidBlobExtension           | {\"Input\":@abc/dir.csv/b}",
                "InvalidOutputOverrideName      | {\"Input\":@abc/b.csv,\"Outputs\":{\"Output1\":@abc/o.csv}}",
                "MissingOutputOverrideSpecification | {\"Input\":@abc/b.csv,\"Outputs\":{\"output1\":null}}",
                "InvalidBlobExtension           | {\"Input\":@abc/b.csv,\"Outputs\":{\"output1\":@abc/o}}",
                "InvalidBlob                    | {\"Input\":@abc/b.csv,\"Outputs\":{\"output1\":{\"RelativeLocation\":\"abc/o.csv\"}}}",
                "MissingRequiredGlobalParameters | {\"Input\":@abc/b.csv}",
                "UnexpectedParameter            | {\"Input\":@abc/b.csv,\"GlobalParameters\":{\"Must\":\"x\"}}",
                "BadParameterValue              | {\"Input\":@abc/b.csv,\"GlobalParameters\":{\"must\":\"x\",\"few\":\"10\"}}"
            })
    void refusesASubmitWithTheDetailCodeOfItsMistake(String code, String body) {
        String filled = body == null ? "" : body.replaceAll("@([^,}]*)", REF.formatted("$1"));

        assertRefusal(client().call("POST", "/jobs?api-version=2.0", filled), 400, "BadArgument", code);
    }

    @Test
    void answersAnErrorOfItsOwnInTheSameForm() {
        WebService broken = service("d", List.of(), new SavedQuery(null));
        try (Sandbox other = Sandbox.start(SharedStore.options().withCatalogue(new Catalogue(List.of(broken))))) {
            HttpResponse<String> reply = new SampleClient(other.directUrl(), broken.path(), "key")
                    .call("POST", "/execute?api-version=2.0", "{\"Inputs\":{\"input1\":[]}}");

            assertRefusal(reply, 500, "InternalError", "UnknownError");
            assertThat(other.journal().entries().getLast().facts()).containsEntry("status", 500);
        }
    }

    @Test
    void acceptsWhatIsComplete() {
        String body = "{\"Input\":" + REF.formatted("/abc/b.csv")
                + ",\"Outputs\":null,\"GlobalParameters\":{\"must\":\"\",\"few\":\"9\"}}";

        assertThat(client().submit(body)).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /jobs/00000000000000000000000000000000?api-version=2.0, 404, NotFound, JobNotFound",
        "DELETE, /jobs/00000000000000000000000000000000?api-version=2.0, 404, NotFound, JobNotFound",
        "GET,    /jobs/?api-version=2.0,     400, BadArgument, MissingJobId",
        "POST,   /jobs?api-version=1.0,      400, BadArgument, BadVersionCall",
        "POST,   /jobs?api-version=2017-01-01, 400, BadArgument, BadVersionCall",
        "POST,   /jobs,                      400, BadArgument, BadVersionCall",
        "GET,    /models?api-version=2.0,    404, NotFound, OperationNotFound"
    })
    void refusesCallsThatLeadNowhere(String method, String path, int status, String code, String detail) {
        assertRefusal(client().call(method, path, ""), status, code, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "/workspaces/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/services/short, 400, BadArgument, WebServiceIdInvalid",
        "/workspaces/0/services/cccccccccccccccccccccccccccccccc, 404, NotFound, WorkspaceNotFound",
        "/workspaces/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/services/00000000000000000000000000000000,"
                + " 404, NotFound, WebServiceIdNotFoundInWorkspace",
        "/subscriptions/0/services/cccccccccccccccccccccccccccccccc, 404, NotFound, WebServiceNotFound"
    })
    void refusesUnknownServices(String path, int status, String code, String detail) {
        SampleClient client = new SampleClient(sandbox.directUrl(), path, "key");

        assertRefusal(client.call("POST", "/jobs?api-version=2.0", "{}"), status, code, detail);
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong", "Basic key", "key", "''"})
    void refusesOtherKeys(String authorization) {
        SampleClient client = client().with("Authorization", authorization);

        assertRefusal(
                client.call("POST", "/jobs?api-version=2.0", "{}"), 401, "Unauthorized", "ScoreRequestUnauthorized");
    }

    @ParameterizedTest
    @CsvSource({"bearer key", "BEARER other"})
    void acceptsEitherKeyWithTheSchemeInAnyCase(String authorization) {
        SampleClient client = client().with("Authorization", authorization);

        assertRefusal(
                client.call("POST", "/jobs?api-version=2.0", "{}"), 400, "BadArgument", "BatchJobInputsNotSpecified");
    }

    @Test
    void ignoresTheHeadersThatPublicJavaClientsSend() {
        SampleClient client = client().with("Content-Type", "text/json")
                .with("Content-Encoding", "UTF-8")
                .with("Accept", "text/json")
                .with("Accept-Charset", "UTF-8");

        assertThat(client.submit(
                        "{\"Input\":" + REF.formatted("abc/b.csv") + ",\"GlobalParameters\":{\"must\":\"x\"}}"))
                .hasSize(32);
    }

    @Test
    void quotesNoConnectionStringInARefusal() {
        String body = "{\"Input\":{\"ConnectionString\":\"AccountName=a;AccountKey=c2VjcmV0;x\","
                + "\"RelativeLocation\":\"abc/b.csv\"}}";

        assertThat(client().call("POST", "/jobs?api-version=2.0", body).body())
                .contains("InvalidBlobConnectionString")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void wantsAPlaceForEachOutputOfAnEncryptedEndpoint() {
        WebService encrypted = service("e", List.of(Parameter.text("Target column", "Col2")), new HashingModel(), true);
        try (Sandbox other = Sandbox.start(SharedStore.options().withCatalogue(new Catalogue(List.of(encrypted))))) {
            SampleClient client = new SampleClient(other.directUrl(), encrypted.path(), "key");
            String input = "\"Input\":" + REF.formatted("abc/b.csv");

            HttpResponse<String> refused = client.call("POST", "/jobs?api-version=2.0", "{" + input + "}");
            assertRefusal(refused, 400, "BadArgument", "MissingRequiredOutputOverrides");
            assertThat(refused.body()).contains("for these outputs: output1");
            assertThat(client.submit("{" + input + ",\"Outputs\":{\"output1\":" + REF.formatted("abc/o.csv") + "}}"))
                    .hasSize(32);
        }
    }

    private static WebService service(String digit, List<Parameter> parameters, Model model) {
        return service(digit, parameters, model, false);
    }

    private static WebService service(String digit, List<Parameter> parameters, Model model, boolean encrypted) {
        return new WebService(
                "Strict",
                "",
                "a".repeat(32),
                "b".repeat(32),
                digit.repeat(32),
                "key",
                "other",
                Behaviour.SCORES,
                parameters,
                List.of(new Input("input1", List.of(), true)),
                List.of("output1"),
                model,
                Map.of(),
                encrypted);
    }

    private static SampleClient client() {
        return new SampleClient(sandbox.directUrl(), STRICT.path(), "key");
    }

    private static void assertRefusal(HttpResponse<String> reply, int status, String code, String detail) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers().firstValue("x-ms-request-id")).isPresent();
        JsonNode error = SampleClient.json.readTree(reply.body()).path("error");
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).isNotEmpty();
        assertThat(error.path("details").path(0).path("code").stringValue()).isEqualTo(detail);
        assertThat(error.path("details").path(0).path("message").stringValue()).doesNotContain("{0}");
    }
}
