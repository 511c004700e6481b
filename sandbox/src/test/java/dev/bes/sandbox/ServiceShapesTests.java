package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.byKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Services with two inputs, with none, with two outputs, and with files of each format. */
class ServiceShapesTests {

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        SharedStore.put("shapes/strikes.csv", "iata,Species\nJFK,Gull\nXXX,Owl\n,Swan\nJFK,\"Duck, wild\"\n");
        SharedStore.put("shapes/airports.tsv", "city\tiata\nNew York\tJFK\nDenver\tDEN\n");
        SharedStore.put("shapes/damage.arff", """
                @relation d
                @attribute Damage {Yes,No}
                @attribute Large integer
                @attribute 'Speed IAS in knots' real
                @data
                Yes,1,300
                No,0,?
                {0 Yes, 2 60}
                No,0,60
                """);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void joinsTwoInputsOfDifferentFormats() {
        run(
                "JoinStrikesWithAirports",
                Map.of("input1", byKey("shapes/strikes.csv"), "input2", byKey("shapes/airports.tsv")),
                Map.of("output1", byKey("shapes/joined.csv")),
                Map.of());

        assertThat(SharedStore.get("shapes/joined.csv"))
                .isEqualTo("iata,Species,city\r\nJFK,Gull,New York\r\nJFK,\"Duck, wild\",New York\r\n");
    }

    @Test
    void keepsRowsWithoutPartnersInALeftOuterJoin() {
        run(
                "JoinStrikesWithAirports",
                Map.of("input1", byKey("shapes/strikes.csv"), "input2", byKey("shapes/airports.tsv")),
                Map.of("output1", byKey("shapes/outer.csv")),
                Map.of("Join type", "Left Outer Join"));

        assertThat(SharedStore.get("shapes/outer.csv"))
                .contains("XXX,Owl,\r\n", ",Swan,\r\n")
                .hasLineCount(5);
    }

    @Test
    void yieldsTheRowsOfASavedQueryWithoutAnyInput() {
        run("AirportsQuery", Map.of(), Map.of("output1", byKey("shapes/ny.csv")), Map.of("Filter value", "NY"));

        assertThat(SharedStore.get("shapes/ny.csv"))
                .startsWith("iata,name,city,state,latitude,longitude\r\nJFK,John F Kennedy Intl,")
                .hasLineCount(4);
        assertThat(execute("AirportsQuery", "{\"GlobalParameters\":{\"Filter value\":\"WA\"}}")
                        .at("/Results/output1/value/Values/0/0")
                        .stringValue())
                .isEqualTo("SEA");
    }

    @Test
    void writesEachOfTwoOutputs() {
        String id = run(
                "DamagePrediction",
                Map.of("input1", byKey("shapes/damage.arff")),
                Map.of("output1", byKey("shapes/scored.arff"), "output2", byKey("shapes/evaluation.csv")),
                Map.of());

        assertThat(SharedStore.get("shapes/scored.arff")).isEqualTo("""
                        @relation output1

                        @attribute Damage {Yes,No}
                        @attribute Large integer
                        @attribute 'Speed IAS in knots' real
                        @attribute 'Scored Labels' string
                        @attribute 'Scored Probabilities' numeric

                        @data
                        Yes,1,300,Yes,0.7502601055951177
                        No,0,?,?,?
                        Yes,0,60,No,0.036263716374648335
                        No,0,60,No,0.036263716374648335
                        """);
        assertThat(SharedStore.get("shapes/evaluation.csv"))
                .endsWith("\r\n1,1,0,1,0.6666666666666666,1.0,0.5,0.6666666666666666\r\n");
        assertThat(sandbox.journal().entries())
                .filteredOn(entry -> entry.event() == Event.OUTPUT && id.equals(entry.job()))
                .extracting(
                        entry -> entry.facts().get("name") + " " + entry.facts().get("rows"))
                .containsExactly("output1 4", "output2 1");
    }

    @Test
    void answersACallWithTheTypesOfEachOutput() {
        JsonNode results = execute(
                        "DamagePrediction",
                        "{\"Inputs\":{\"input1\":[{\"Speed IAS in knots\":300,\"Large\":1,\"Damage\":\"No\"}]}}")
                .path("Results");

        assertThat(results.propertyNames()).containsExactly("output1", "output2");
        assertThat(results.at("/output1/value/ColumnTypes").toString())
                .isEqualTo("[\"Int32\",\"Int32\",\"String\",\"String\",\"Double\"]");
        assertThat(results.at("/output2/value/Values").toString())
                .isEqualTo("[[\"0\",\"0\",\"1\",\"0\",\"0.0\",\"0.0\",null,\"0.0\"]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InputParseError | {\"Inputs\":{\"input1\":[{\"Speed IAS in knots\":1,\"Large\":1}]}}",
                "InputParseError | {\"Inputs\":{\"input1\":[{\"Speed IAS in knots\":\"fast\",\"Large\":1,\"Damage\":\"No\"}]}}",
                "InputParseError | {\"Inputs\":{\"input1\":[{\"Speed IAS in knots\":1,\"Large\":1,\"Damage\":\"No\",\"x\":1}]}}"
            })
    void refusesRowsThatAreNotThoseOfTheDeclaredColumns(String code, String body) {
        assertThat(execute("DamagePrediction", body).at("/error/details/0/code").stringValue())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JoinStrikesWithAirports | BatchJobInputsNotSpecified     | {\"Inputs\":{\"input1\":@}}",
                "JoinStrikesWithAirports | InvalidInputNames              | {\"Inputs\":{\"input1\":@,\"input3\":@}}",
                "AirportsQuery           | BatchJobInputsTooManySpecified | {\"Inputs\":{\"input1\":@}}",
                "DamagePrediction        | InvalidOutputOverrideName      | {\"Input\":@,\"Outputs\":{\"output3\":@}}",
                "DamagePrediction        | InvalidBlobExtension           | {\"Input\":@,\"Outputs\":{\"output1\":#}}"
            })
    void refusesASubmitThatDoesNotFitTheService(String service, String code, String body) {
        String blob = "{\"ConnectionString\":\"UseDevelopmentStorage=true\",\"RelativeLocation\":\"abc/b.%s\"}";
        String refusal = client(service)
                .call(
                        "POST",
                        "/jobs?api-version=2.0",
                        body.replace("@", blob.formatted("csv")).replace("#", blob.formatted("ilearner")))
                .body();

        assertThat(SampleClient.json
                        .readTree(refusal)
                        .at("/error/details/0/code")
                        .stringValue())
                .isEqualTo(code);
        if (code.equals("InvalidBlobExtension")) {
            assertThat(refusal).contains("\\\".csv, .tsv, .arff\\\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@relation r;@attribute Col2 string;@data;a,b | line 4: All rows must have same number of elements",
                "@relation r;@attribute Col2 {x};@data;y      | line 4: \"y\" is none of the values",
                "Col2;This is a good day                       | line 1: @relation is missing"
            })
    void saysInWhichLineAnArffFileIsWrong(String file, String mistake) {
        SharedStore.put("shapes/wrong.arff", file.replace(';', '\n'));
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(SampleClient.body("shapes/wrong.arff", "shapes/never.csv"));
        client.start(id);

        await().atMost(Duration.ofSeconds(20)).until(() -> client.state(id), "Failed"::equals);
        assertThat(client.status(id).path("Details").stringValue())
                .startsWith("Error 0018: Invalid data in dataset: " + mistake);
    }

    private static String run(
            String service, Map<String, Object> inputs, Map<String, Object> outputs, Map<String, String> parameters) {
        SampleClient client = client(service);
        String id = client.submit(SampleClient.json.writeValueAsString(
                Map.of("Inputs", inputs, "Outputs", outputs, "GlobalParameters", parameters)));
        client.start(id);
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state(id), "Finished"::equals);
        return id;
    }

    private static JsonNode execute(String service, String body) {
        return SampleClient.json.readTree(client(service)
                .call("POST", "/execute?api-version=2.0&details=true", body)
                .body());
    }

    private static SampleClient client(String name) {
        WebService service = sandbox.service(name);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }
}
