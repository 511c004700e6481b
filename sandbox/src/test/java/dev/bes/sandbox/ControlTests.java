package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

        assertThat(client.call("GET", "/assumptions", "").body())
                .isEqualTo("{\"doubleStart\":\"executed-twice\",\"startOfCancelled\":\"refused\","
                        + "\"deleteBeforeStart\":\"cancels\",\"existingOutput\":\"fails-the-job\","
                        + "\"outputDelay\":\"PT30S\",\"retention\":null}");
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
