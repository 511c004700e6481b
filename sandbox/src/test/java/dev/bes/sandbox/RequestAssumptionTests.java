package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.byKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.JobAnswer.NumberWords;
import dev.bes.sandbox.settings.RequestAnswer.AddressCase;
import dev.bes.sandbox.settings.RequestAnswer.EmptyText;
import dev.bes.sandbox.settings.RequestAnswer.IdForm;
import dev.bes.sandbox.settings.RequestAnswer.PropertyCase;
import dev.bes.sandbox.settings.RequestAnswer.SingleOutput;
import dev.bes.sandbox.settings.RequestAnswer.UnknownInputs;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are read: the default and the other answer to each question. */
class RequestAssumptionTests {

    private static final String ROWS = "{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"This is a good day\"]]}";

    private static Sandbox sandbox;
    private static WebService service;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        service = sandbox.service("SimpleFeatureHashingExperiment");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void safe() {
        sandbox.assumptions(Assumptions.SAFE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvalidInputNames              | MissingRequestInput        | {\"Inputs\":{\"Input1\":@}}",
                "InvalidInputNames              | MissingRequestInput        | {\"Inputs\":{\"other\":null}}",
                "BatchJobInputsTooManySpecified | -                          | {\"Inputs\":{\"input1\":@,\"input2\":@}}",
                "BatchJobInputsTooManySpecified | MissingRequestInput        | {\"Inputs\":{\"a\":@,\"b\":@}}",
                "MissingRequestInput            | MissingRequestInput        | {\"Inputs\":{}}",
                "MissingRequestInput            | MissingRequestInput        | {\"Inputs\":null}",
                "MissingRequestInput            | MissingRequestInput        | {}",
                "MissingRequestInput            | MissingRequestInput        | {\"Inputs\":{\"input1\":null}}"
            })
    void hasOneRuleForTheNamesOfInputs(String code, String otherwise, String body) {
        assertInputs(code, body);

        sandbox.assumptions(Assumptions.SAFE.with(UnknownInputs.IGNORED));
        assertInputs(otherwise, body);
    }

    /** The codes for a missing input differ: each service has its own. */
    private static void assertInputs(String code, String body) {
        String ofJobs = code.equals("MissingRequestInput")
                ? body.contains("input1") ? "MissingInputBlobInformation" : "BatchJobInputsNotSpecified"
                : code;
        assertCode(code, execute(body.replace("@", ROWS)));
        assertCode(ofJobs, submit(body.replace("@", reference("abc/b.csv"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Inputs\":{\"input1\":@},\"GlobalParameters\":\"\"}",
                "{\"Inputs\":{\"input1\":@},\"Input\":\"\",\"Output\":\"\",\"Outputs\":\"\"}"
            })
    void readsAnEmptyTextForNull(String body) {
        assertCode("-", submit(body.replace("@", reference("abc/b.csv"))));
        assertCode("-", execute(body.replace("@", ROWS)));
        assertCode("RequestIsEmpty", submit("\"\""));
        assertCode("RequestIsEmpty", execute("null"));
        assertCode(
                "RequestBodyInvalid",
                submit("{\"Inputs\":{\"input1\":" + reference("abc/b.csv") + "},\"Outputs\":\" \"}"));

        sandbox.assumptions(Assumptions.SAFE.with(EmptyText.REFUSED));
        assertCode("RequestBodyInvalid", submit(body.replace("@", reference("abc/b.csv"))));
        assertCode("RequestBodyInvalid", submit("\"\""));
    }

    @Test
    void doesNotRegardTheCaseOfPropertyNames() {
        String job = "{\"inputs\":{\"input1\":" + reference("abc/b.csv").replace("Conn", "conn") + "},"
                + "\"globalParameters\":{\"N-grams\":\"1\"},\"OUTPUTS\":null}";
        String call = "{\"inputs\":{\"input1\":" + ROWS.replace("Col", "col").replace("\"col2", "\"Col2") + "}}";
        assertCode("-", submit(job));
        assertCode("-", execute(call.replace("Values", "VALUES")));
        assertCode("UnexpectedParameter", submit(job.replace("N-grams", "n-grams")));
        assertCode("InvalidInputNames", submit(job.replace("input1", "Input1")));

        sandbox.assumptions(Assumptions.SAFE.with(PropertyCase.MATTERS));
        assertCode("BatchJobInputsNotSpecified", submit(job));
        assertCode("MissingRequestInput", execute(call));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{%s}", "(%s)", "upper"})
    void takesEveryFormOfAnId(String form) {
        SampleClient client = client(service.path());
        String id = client.submit(job("abc/b.csv"));
        String dashed = id.replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
        String other = form.equals("upper")
                ? id.toUpperCase(Locale.ROOT)
                : form.formatted(dashed).replace("{", "%7B").replace("}", "%7D");

        assertThat(client.state(other)).isEqualTo("NotStarted");
        assertThat(sandbox.journal().of(id).getLast().fact("path").toString()).contains(other);
        String upper = "/workspaces/" + service.workspaceId().toUpperCase(Locale.ROOT) + "/services/"
                + service.serviceId().toUpperCase(Locale.ROOT);
        assertThat(client(upper).delete(other)).isEqualTo(204);

        sandbox.assumptions(Assumptions.SAFE.with(IdForm.AS_ISSUED));
        assertCode("JobNotFound", client.call("GET", "/jobs/" + other + "?api-version=2.0", ""));
        assertCode("WorkspaceNotFound", client(upper).call("GET", "/jobs/" + id + "?api-version=2.0", ""));
        assertThat(client.state(id)).isEqualTo("Cancelled");
    }

    @Test
    void doesNotRegardTheCaseOfAnAddress() {
        String path = service.path().replace("workspaces", "Workspaces").replace("services", "SERVICES");
        SampleClient client = client(path);
        String body = "{\"Inputs\":{\"input1\":" + ROWS + "}}";
        HttpResponse<String> executed = client.call("POST", "/Execute?API-Version=2.0&DETAILS=true", body);
        HttpResponse<String> submitted = client.call("POST", "/JOBS?Api-Version=2.0", job("abc/b.csv"));
        assertThat(executed.body()).contains("ColumnNames");
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(200);
        assertThat(client(service.path()).call("GET", "/Swagger.json", "").statusCode())
                .isEqualTo(200);

        sandbox.assumptions(Assumptions.SAFE.with(AddressCase.MATTERS));
        assertCode("OperationNotFound", client.call("POST", "/execute?api-version=2.0", body));
        assertCode("OperationNotFound", client(service.path()).call("POST", "/Execute?api-version=2.0", body));
        assertCode("BadVersionCall", client(service.path()).call("POST", "/execute?API-version=2.0", body));
    }

    @Test
    void takesASlashAtTheEndOfAnAddress() {
        SampleClient client = client(service.path());
        String id = client.submit(job("abc/b.csv"));

        assertCode("MissingRequestInput", client.call("POST", "/execute/?api-version=2.0", "{}"));
        assertCode("BatchJobInputsNotSpecified", client.call("POST", "/jobs/?api-version=2.0", "{}"));
        assertThat(client.call("GET", "/jobs/" + id + "/?api-version=2.0", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesTheSingleOutputOfTheArticleOf2015() {
        String body = "{\"Input\":" + reference("abc/b.csv") + ",\"Output\":" + reference("abc/o.xlsx") + "}";
        assertCode("InvalidBlobExtension", submit(body));
        assertCode("-", submit(body.replaceAll("\"Output\":\\{.*?}", "\"Output\":null")));

        sandbox.assumptions(Assumptions.SAFE.with(SingleOutput.IGNORED));
        assertCode("-", submit(body));
    }

    @Test
    void takesANumberForItsOwnHash() {
        String body = "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"42\"]]}}}";
        assertThat(execute(body).body()).contains("[\"42\",\"0\",\"0\",\"1\",\"0\",\"0\",\"0\",\"0\",\"0\"]");

        sandbox.assumptions(Assumptions.SAFE.with(NumberWords.HASHED));
        assertThat(execute(body).body()).contains("[\"42\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"1\",\"0\"]");
    }

    private static String job(String path) {
        return "{\"Inputs\":{\"input1\":" + reference(path) + "}}";
    }

    private static String reference(String path) {
        return SampleClient.json.writeValueAsString(byKey(path));
    }

    private static HttpResponse<String> submit(String body) {
        return client(service.path()).call("POST", "/jobs?api-version=2.0", body);
    }

    private static HttpResponse<String> execute(String body) {
        return client(service.path()).call("POST", "/execute?api-version=2.0", body);
    }

    private static SampleClient client(String path) {
        return new SampleClient(sandbox.directUrl(), path, service.apiKey());
    }

    /** Asserts the code of the first detail; a dash for success. */
    private static void assertCode(String code, HttpResponse<String> reply) {
        assertThat(reply.statusCode())
                .as(reply.body())
                .isEqualTo(code.equals("-") ? 200 : code.endsWith("NotFound") ? 404 : 400);
        if (!code.equals("-")) {
            assertThat(reply.body()).contains("\"code\":\"" + code + "\"");
        }
    }
}
