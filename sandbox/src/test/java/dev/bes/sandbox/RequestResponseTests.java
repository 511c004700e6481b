package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.journal.JournalEntry.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestResponseTests {

    private static final String TABLE =
            "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"This is a good day\"]]}},"
                    + "\"GlobalParameters\":{}}";
    private static final String OBJECTS =
            "{\"Inputs\":{\"input1\":[{\"Col2\":\"This is a good day\"}]},\"GlobalParameters\":{\"Hashing bitsize\":\"1\"}}";

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void answersWithNamesAndTypesWhenDetailsAreWanted() {
        assertThat(execute("&details=true", TABLE))
                .isEqualTo("{\"Results\":{\"output1\":{\"type\":\"table\",\"value\":{\"ColumnNames\":[\"Col2\","
                        + "\"Col2_HashingFeature.0\",\"Col2_HashingFeature.1\",\"Col2_HashingFeature.2\","
                        + "\"Col2_HashingFeature.3\",\"Col2_HashingFeature.4\",\"Col2_HashingFeature.5\","
                        + "\"Col2_HashingFeature.6\",\"Col2_HashingFeature.7\"],\"ColumnTypes\":[\"String\",\"Int32\","
                        + "\"Int32\",\"Int32\",\"Int32\",\"Int32\",\"Int32\",\"Int32\",\"Int32\"],\"Values\":"
                        + "[[\"This is a good day\",\"1\",\"1\",\"2\",\"2\",\"0\",\"2\",\"0\",\"1\"]]}}}}");
    }

    @Test
    void answersWithValuesOnlyWithoutDetails() {
        assertThat(execute("", TABLE))
                .isEqualTo("{\"Results\":{\"output1\":{\"type\":\"table\",\"value\":{\"Values\":"
                        + "[[\"This is a good day\",\"1\",\"1\",\"2\",\"2\",\"0\",\"2\",\"0\",\"1\"]]}}}}");
    }

    @Test
    void answersWithObjectsInSwaggerForm() {
        assertThat(execute("&format=swagger", OBJECTS))
                .isEqualTo("{\"Results\":{\"output1\":[{\"Col2\":\"This is a good day\","
                        + "\"Col2_HashingFeature.0\":\"3\",\"Col2_HashingFeature.1\":\"6\"}]}}");
    }

    @Test
    void keepsMissingValuesMissing() {
        String body = "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"a\",\"Col2\"],\"Values\":[[null,7],[1.5,null]]}},"
                + "\"GlobalParameters\":{\"Hashing bitsize\":\"1\"}}";

        assertThat(execute("", body)).contains("[[null,\"7\",\"0\",\"1\"],[\"1.5\",null,\"0\",\"0\"]]");
    }

    @Test
    void writesDownWhatItScored() {
        execute("", TABLE);

        assertThat(sandbox.journal().entries())
                .filteredOn(entry -> entry.event() == Event.EXECUTE)
                .last()
                .satisfies(entry -> assertThat(entry.facts())
                        .containsEntry("service", "SimpleFeatureHashingExperiment")
                        .containsEntry("rows", 1)
                        .containsKey("sha256"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RequestBodyInvalid    | nonsense",
                "MissingRequestInput   | {\"Inputs\":{}}",
                "UnexpectedParameter   | {\"GlobalParameters\":{\"x\":\"1\"}}",
                "InputParseError       | {\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[1,2]]}}}",
                "ModuleExecutionFailed | {\"Inputs\":{\"input1\":{\"ColumnNames\":[\"other\"],\"Values\":[[1]]}}}"
            })
    void refusesWhatItCannotScore(String code, String body) {
        assertThat(execute("&details=true", body)).startsWith("{\"error\":").contains("\"" + code + "\"");
    }

    @Test
    void describesItselfWithoutAKey() {
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        var swagger = SampleClient.json.readTree(new SampleClient(sandbox.directUrl(), service.path(), "")
                .call("GET", "/swagger.json", "")
                .body());

        assertThat(swagger.path("swagger").stringValue()).isEqualTo("2.0");
        assertThat(swagger.path("basePath").stringValue()).isEqualTo(service.path());
        assertThat(swagger.path("definitions").propertyNames()).contains("input1Item", "output1Item");
        assertThat(swagger.at("/definitions/ExecutionRequest/example").propertyNames())
                .contains("Inputs");
        assertThat(swagger.path("paths").propertyNames().stream().filter(path -> path.matches("/execute\\?.*")))
                .containsExactly("/execute?api-version=2.0&format=swagger");
        String second = swagger.path("paths").propertyNames().stream()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(second).startsWith("/execute?");
        assertThat(swagger.path("paths").path(second).propertyNames()).containsExactly("post");
        assertThat(swagger.at("/definitions/input1Item/properties").propertyNames())
                .containsExactly("Col2");
        assertThat(swagger.at("/definitions/output1Item/properties").propertyNames())
                .hasSize(9);
        assertThat(swagger.at("/definitions/output1Item/properties/Col2_HashingFeature.7/type")
                        .stringValue())
                .isEqualTo("integer");
        assertThat(swagger.at("/definitions/GlobalParameters/properties/Hashing bitsize")
                        .toString())
                .isEqualTo("{\"type\":\"integer\",\"default\":3,\"minimum\":1,\"maximum\":31}");
    }

    private static String execute(String query, String body) {
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey())
                .call("POST", "/execute?api-version=2.0" + query, body)
                .body();
    }
}
