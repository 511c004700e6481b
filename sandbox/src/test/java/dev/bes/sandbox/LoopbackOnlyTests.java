package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static dev.bes.sandbox.SampleClient.byKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.blob.LookUps;
import dev.bes.sandbox.blob.Trap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which store a reference means, and that none leads beyond loopback. */
@Tag("slow")
class LoopbackOnlyTests {

    private static final String BEYOND = "The sandbox opens no connection beyond loopback";
    private static final String KEY = SharedStore.connectionString().replaceAll(".*AccountKey=([^;]+).*", "$1");

    private static Sandbox sandbox;
    private static SampleClient client;
    private static Trap trap;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(SharedStore.options());
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        client = new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
        SharedStore.put("beyond/in.csv", "Col2\nThis is a good day\n");
        trap = new Trap("HTTP/1.1 200 OK\r\nContent-Length: 0");
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
        trap.close();
    }

    @BeforeEach
    void forgetLookUps() {
        LookUps.clear();
    }

    @Test
    void wouldNoticeALookUp() {
        assertThatThrownBy(() -> InetAddress.getAllByName("noticed.example")).isInstanceOf(UnknownHostException.class);

        assertThat(LookUps.names()).containsExactly("noticed.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DefaultEndpointsProtocol=https;AccountName=devstoreaccount1;AccountKey=KEY",
                "DefaultEndpointsProtocol=https;AccountName=devstoreaccount1;AccountKey=KEY;EndpointSuffix=core.windows.net",
                "AccountName=devstoreaccount1;AccountKey=KEY;EndpointSuffix=core.chinacloudapi.cn;",
                "EndpointSuffix=anything.example;accountkey=KEY;accountname=devstoreaccount1",
                "AccountName=devstoreaccount1;AccountKey=KEY;BlobEndpoint=https://devstoreaccount1.blob.core.windows.net/",
                "AccountName=devstoreaccount1;AccountKey=KEY;BlobEndpoint=https://devstoreaccount1.z7.blob.storage.azure.net",
                "UseDevelopmentStorage=true",
                "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://proxy.example"
            })
    void takesItsAccountsNameForItsOwnStore(String connectionString) {
        Map<String, String> input = byConnection(connectionString, "beyond/in.csv");

        JsonNode ended = run(input, byConnection(connectionString, "beyond/own.csv"));

        assertThat(ended.path("StatusCode").stringValue()).as(ended.toString()).isEqualTo("Finished");
        assertThat(ended.at("/Results/output1/BaseLocation").stringValue()).isEqualTo(SharedStore.baseLocation());
        assertThat(LookUps.names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://devstoreaccount1.blob.core.windows.net/",
                "https://devstoreaccount1.blob.core.windows.net",
                "https://DevStoreAccount1.Blob.Core.ChinaCloudAPI.cn:443/"
            })
    void takesTheRealBaseLocationOfItsAccountForItsOwnStore(String base) {
        Map<String, String> input = bySas(base, "beyond/in.csv", "r");

        JsonNode ended = run(input, bySas(base, "beyond/own-sas.csv", "cw"));

        assertThat(ended.path("StatusCode").stringValue()).as(ended.toString()).isEqualTo("Finished");
        assertThat(SharedStore.get("beyond/own-sas.csv")).contains("This is a good day");
        assertThat(LookUps.names()).isEmpty();
    }

    @Test
    void refusesAnotherKeyOfItsAccount() {
        JsonNode ended = run(
                byConnection("AccountName=devstoreaccount1;AccountKey=d3Jvbmc=", "beyond/in.csv"),
                byKey("beyond/never.csv"));

        assertThat(ended.path("Details").stringValue()).contains("(403) AuthorizationFailure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "someaccount   | DefaultEndpointsProtocol=https;AccountName=someaccount;AccountKey=KEY",
                "someaccount   | AccountName=someaccount;AccountKey=KEY;EndpointSuffix=127.0.0.1:PORT",
                "evil.example  | AccountName=devstoreaccount1;AccountKey=KEY;BlobEndpoint=https://evil.example/",
                "evil.example  | BlobEndpoint=http://evil.example:PORT/devstoreaccount1;SharedAccessSignature=sig=x"
            })
    void failsAJobWhoseConnectionStringLeadsBeyondLoopback(String place, String connectionString) {
        assertRefused(byConnection(connectionString, "beyond/in.csv"), byKey("beyond/never.csv"), place);
        assertRefused(byKey("beyond/in.csv"), byConnection(connectionString, "beyond/never.csv"), place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://someaccount.blob.core.windows.net/",
                "http://evil.example/devstoreaccount1/",
                "http://blob.devstoreaccount1.example/",
                "http://devstoreaccount1.example/",
                "http://127.0.0.1@evil.example/",
                "http://127.0.0.1:PORT@evil.example/",
                "http://user@127.0.0.1:PORT/devstoreaccount1/",
                "http://evil.example#@127.0.0.1/",
                "http://127.0.0.1:PORT\\@evil.example/",
                "http://127.0.0.1.evil.example:PORT/",
                "http://localhost.:PORT/devstoreaccount1/",
                "http://localhost.evil.example:PORT/",
                "http://2130706433:PORT/devstoreaccount1/",
                "http://0x7f000001:PORT/devstoreaccount1/",
                "http://0x7f.0.0.1:PORT/devstoreaccount1/",
                "http://0177.0.0.1:PORT/devstoreaccount1/",
                "http://127.1:PORT/devstoreaccount1/",
                "http://127.0.0.01:PORT/devstoreaccount1/",
                "http://0.0.0.0:PORT/devstoreaccount1/",
                "http://0:PORT/devstoreaccount1/",
                "http://[::]:PORT/devstoreaccount1/",
                "http://[::ffff:192.0.2.1]/devstoreaccount1/",
                "http://[2001:db8::1]/devstoreaccount1/",
                "http://[fe80::1%25lo]/devstoreaccount1/",
                "http://192.0.2.1/devstoreaccount1/",
                "http://169.254.169.254/metadata/",
                "http://%6c%6f%63alhost:PORT/devstoreaccount1/",
                "http://１２７.0.0.1:PORT/devstoreaccount1/",
                "ftp://127.0.0.1:PORT/devstoreaccount1/",
                "file:///etc/",
                "//127.0.0.1:PORT/devstoreaccount1/",
                "127.0.0.1:PORT/devstoreaccount1",
                "http:///devstoreaccount1/",
                "http://127.0.0.1:PORT/?x="
            })
    void failsAJobWhoseBaseLocationLeadsBeyondLoopback(String base) {
        Map<String, String> there = Map.of(
                "BaseLocation",
                base.replace("PORT", "" + trap.port()),
                "RelativeLocation",
                "beyond/in.csv",
                "SasBlobToken",
                "?sv=2013-08-15&sig=SECRET");

        assertRefused(there, byKey("beyond/never.csv"), "");
        assertRefused(byKey("beyond/in.csv"), there, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@evil.example/", "?sig=SECRET#@evil.example", "?sig=SECRET\\@evil.example"})
    void isNotLedAwayByAToken(String token) {
        Map<String, String> there = Map.of(
                "BaseLocation", SharedStore.baseLocation(), "RelativeLocation", "beyond/in.csv", "SasBlobToken", token);

        JsonNode ended = run(there, byKey("beyond/never.csv"));

        assertThat(ended.path("StatusCode").stringValue()).isEqualTo("Failed");
        assertThat(ended.path("Details").stringValue()).doesNotContain("SECRET");
        assertThat(LookUps.names()).isEmpty();
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (Trap moved = new Trap("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                + trap.port() + "/devstoreaccount1/beyond/in.csv")) {
            Map<String, String> there = Map.of(
                    "BaseLocation",
                    "http://127.0.0.1:" + moved.port() + "/devstoreaccount1/",
                    "RelativeLocation",
                    "beyond/in.csv",
                    "SasBlobToken",
                    "?sig=x");

            JsonNode ended = run(there, byKey("beyond/never.csv"));

            assertThat(moved.connections()).isPositive();
            assertThat(ended.path("Details").stringValue())
                    .contains("(302) a redirect, which the sandbox does not follow");
            assertThat(trap.connections()).isZero();
        }
    }

    @Test
    void doesNotStartWithAStoreBeyondLoopback() {
        SandboxOptions elsewhere = SandboxOptions.defaults()
                .withBlobConnectionString("AccountName=a;AccountKey=KEY=;BlobEndpoint=https://a.blob.core.windows.net");

        assertThatThrownBy(() -> Sandbox.start(elsewhere))
                .hasMessageContaining(BEYOND)
                .hasMessageContaining("a.blob.core.windows.net");
        assertThat(LookUps.names()).isEmpty();
    }

    private static void assertRefused(Map<String, String> input, Map<String, String> output, String place) {
        JsonNode ended = run(input, output);

        assertThat(ended.path("StatusCode").stringValue()).isEqualTo("Failed");
        assertThat(ended.path("Details").stringValue()).contains(BEYOND, place).doesNotContain("SECRET", KEY);
        assertThat(trap.connections()).isZero();
        assertThat(LookUps.names()).isEmpty();
    }

    private static JsonNode run(Map<String, String> input, Map<String, String> output) {
        String id = client.submit(body(input, output, Map.of()));
        client.start(id);
        return await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> client.status(id),
                        status -> !status.path("StatusCode").stringValue().matches("NotStarted|Running"));
    }

    private static Map<String, String> byConnection(String connectionString, String path) {
        String filled = connectionString.replace("KEY", KEY).replace("PORT", "" + trap.port());
        return Map.of("ConnectionString", filled, "RelativeLocation", path);
    }

    private static Map<String, String> bySas(String base, String path, String permissions) {
        return Map.of(
                "BaseLocation", base, "RelativeLocation", path, "SasBlobToken", SharedStore.sas(path, permissions));
    }
}
