package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTests {

    private final Sandbox sandbox = Sandbox.start(SharedStore.options());
    private final SampleClient client = new SampleClient(sandbox.directUrl(), "/_sandbox", "");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void saysThatItIsUp() {
        assertThat(client.call("GET", "/health", "").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void turnsTheServiceTime() {
        assertThat(client.call("PUT", "/service-time", "{\"minMillis\":5,\"maxMillis\":7}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(SampleClient.json.readTree(
                        client.call("GET", "/service-time", "").body()))
                .isEqualTo(SampleClient.json.readTree("{\"minMillis\":5,\"maxMillis\":7}"));
    }

    @Test
    void refusesAServiceTimeThatMakesNoSense() {
        assertThat(client.call("PUT", "/service-time", "{\"minMillis\":9,\"maxMillis\":7}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void changesTheAssumptionsThatAreNamed() {
        assertThat(client.call("PUT", "/assumptions", "{\"outputDelay\":\"PT30S\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.call(
                                "PUT",
                                "/assumptions",
                                "{\"doubleStart\":\"executed-twice\",\"existingOutput\":\"fails-the-job\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(SampleClient.json.readTree(
                        client.call("GET", "/assumptions", "").body()))
                .isEqualTo(SampleClient.json.readTree("""
                        {"doubleStart": "executed-twice", "startOfCancelled": "refused", "deleteBeforeStart": "cancels",
                         "existingOutput": "fails-the-job", "numberWords": "own-value", "unknownInputs": "refused",
                         "emptyText": "as-null", "propertyCase": "ignored", "idForm": "any-guid",
                         "addressCase": "ignored", "singleOutput": "taken", "startReply": "no-content",
                         "deleteReply": "no-content", "unknownJob": "error", "statusCode": "name",
                         "statusResults": "by-name", "cancelledSpelling": "cancelled", "jsonType": "application-json",
                         "errorTarget": "absent", "existingPredictions": "kept", "takenJobName": "refused", "fileOrder": "any",
                         "outputDelay": "PT30S", "retention": null,
                         "linkBackDating": "PT5M", "linkLifetime": "PT24H"}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"dubleStart\":\"refused\"}   | There is no assumption of that name. There are: doubleStart, startOfCancelled",
                "{\"doubleStart\":\"sometimes\"} | doubleStart is one of refused, idempotent, executed-twice",
                "{\"outputDelay\":\"soon\"}      | outputDelay is a time such as PT30S or PT24H",
                "{\"linkLifetime\":\"-PT1S\"}    | must be >= 0"
            })
    void saysWhatAssumptionsThereAre(String body, String message) {
        assertThat(client.call("PUT", "/assumptions", body).body()).contains(message);
    }

    @Test
    void turnsTheCapacityOfCalls() {
        assertThat(client.call("PUT", "/rrs-capacity", "{\"maxConcurrentCalls\":4,\"callTime\":\"PT0.5S\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(SampleClient.json.readTree(
                        client.call("GET", "/rrs-capacity", "").body()))
                .isEqualTo(SampleClient.json.readTree("""
                        {"maxConcurrentCalls": 4, "maxConcurrentCallsInAll": null, "callTime": "PT0.5S",
                         "initializingTime": "PT0S", "initializingCalls": 0}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"maxConcurrentCalls\":3}      | maxConcurrentCalls must be 4 to 200",
                "{\"maxConcurrentCalls\":201}    | maxConcurrentCalls must be 4 to 200",
                "{\"maxConcurrentCallsInAll\":0} | maxConcurrentCallsInAll must be 1 or more, or null",
                "{\"initializingCalls\":-1}      | must be >= 0",
                "{\"callTime\":\"long\"}         | Send some of the fields that a GET shows",
                "{\"calls\":5}                   | Send some of the fields that a GET shows",
                "[]                              | Send some of the fields that a GET shows"
            })
    void refusesACapacityThatMakesNoSense(String body, String message) {
        var reply = client.call("PUT", "/rrs-capacity", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains(message);
        assertThat(client.call("GET", "/rrs-capacity", "").body()).contains("\"maxConcurrentCalls\":20");
    }

    @Test
    void turnsWhatBatchEndpointsDo() {
        client.call("PUT", "/batch-endpoints", "{\"next\":{\"goingBack\":2},\"listLag\":\"PT20S\"}");
        client.call("PUT", "/batch-endpoints", "{\"next\":{\"notResponding\":1}}");

        assertThat(SampleClient.json.readTree(
                        client.call("GET", "/batch-endpoints", "").body()))
                .isEqualTo(SampleClient.json.readTree("""
                        {"stateTimes": {"preparing": "PT0S", "queued": "PT0S", "running": "PT0S", "finalizing": "PT0S",
                                        "cancelling": "PT0S"},
                         "next": {"answersLostBefore": 0, "answersLostAfter": 0, "wrongAudiences": 0, "notResponding": 1,
                                  "goingBack": 2, "hangingCancels": 0},
                         "jobsPerInvoke": 1, "listLag": "PT20S", "lostRows": 0, "tokenLifetime": "PT59M59S",
                         "armLimits": {"reads": 250, "readsPerSecond": 25.0, "writes": 200, "writesPerSecond": 10.0}}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jobsPerInvoke\":0}                    | jobsPerInvoke must be 1 to 100",
                "{\"tokenLifetime\":\"PT0S\"}             | tokenLifetime must be 1 second or more",
                "{\"next\":{\"goingBack\":-1}}            | must be >= 0",
                "{\"armLimits\":{\"readsPerSecond\":0}}   | must be > 0",
                "{\"stateTimes\":{\"queued\":\"-PT1S\"}}  | must be >= 0",
                "{\"next\":{\"fire\":1}}                  | Send some of the fields that a GET shows"
            })
    void refusesBatchEndpointsThatMakeNoSense(String body, String message) {
        var reply = client.call("PUT", "/batch-endpoints", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"dubleStart\":\"refused\"}",
                "{\"doubleStart\":\"sometimes\"}",
                "{\"doubleStart\":null}",
                "{\"retention\":\"-PT1S\"}"
            })
    void refusesAssumptionsThatMakeNoSense(String body) {
        assertThat(client.call("PUT", "/assumptions", body).statusCode()).isEqualTo(400);
        assertThat(client.call("GET", "/assumptions", "").body()).contains("\"doubleStart\":\"refused\"");
    }

    @Test
    void showsTheJournal() {
        new SampleClient(sandbox.managedUrl(), "/workspaces/w/services/s", "")
                .call("GET", "/jobs/1?api-version=2.0", "");

        assertThat(client.call("GET", "/journal", "").body())
                .contains("\"event\":\"CALL\"")
                .endsWith("}\n");
    }

    @Test
    void isNotReachedThroughTheManagedPort() {
        assertThat(new SampleClient(sandbox.managedUrl(), "/_sandbox", "")
                        .call("GET", "/health", "")
                        .statusCode())
                .isEqualTo(404);
    }
}
