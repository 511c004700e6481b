package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.ReplyAnswer.CancelledSpelling;
import dev.bes.sandbox.settings.ReplyAnswer.DeleteReply;
import dev.bes.sandbox.settings.ReplyAnswer.ErrorTarget;
import dev.bes.sandbox.settings.ReplyAnswer.JsonType;
import dev.bes.sandbox.settings.ReplyAnswer.StartReply;
import dev.bes.sandbox.settings.ReplyAnswer.StatusCode;
import dev.bes.sandbox.settings.ReplyAnswer.StatusResults;
import dev.bes.sandbox.settings.ReplyAnswer.UnknownJob;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How replies look: the default and the other answer to each question. */
class ReplyAssumptionTests {

    private static final String UNKNOWN = "/jobs/00000000000000000000000000000000?api-version=2.0";

    private static Sandbox sandbox;
    private static SampleClient client;
    private static SampleClient hanging;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        client = client("SimpleFeatureHashingExperiment");
        hanging = client("HangsForever");
        SharedStore.put("reply/in.csv", "Col2\nThis is a good day\n");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void safe() {
        sandbox.assumptions(Assumptions.SAFE);
    }

    @Test
    void answersAStartAndADeleteWithoutContent() {
        assertThat(startAndDelete()).isEqualTo("204 204");
    }

    @Test
    void answersAStartAndADeleteWithOk() {
        sandbox.assumptions(Assumptions.SAFE.with(StartReply.OK).with(DeleteReply.OK));

        assertThat(startAndDelete()).isEqualTo("200 200");
    }

    @Test
    void namesAnUnknownJobOrSaysNothing() {
        assertThat(client.call("GET", UNKNOWN, "").body()).contains("\"JobNotFound\"");

        sandbox.assumptions(Assumptions.SAFE.with(UnknownJob.EMPTY));
        HttpResponse<String> empty = client.call("GET", UNKNOWN, "");
        assertThat(empty.statusCode()).isEqualTo(404);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void showsTheStateByNumberAndTheSingleResult() {
        String id = client.submit(body("reply/in.csv", "reply/out.csv"));
        sandbox.assumptions(Assumptions.SAFE.with(StatusCode.NUMBER).with(StatusResults.SINGLE));
        assertThat(client.status(id).toString()).isEqualTo("{\"StatusCode\":0,\"Result\":null,\"Details\":null}");
        client.start(id);

        JsonNode ended = await().until(
                        () -> client.status(id), it -> it.path("StatusCode").asInt() == 4);

        assertThat(ended.propertyNames()).containsExactly("StatusCode", "Result", "Details");
        assertThat(ended.at("/Result/RelativeLocation").stringValue()).isEqualTo("reply/out.csv");
    }

    @Test
    void spellsCancelledWithOneL() {
        String id = hanging.submit(body("reply/in.csv", "reply/never.csv"));
        hanging.delete(id);
        assertThat(hanging.state(id)).isEqualTo("Cancelled");

        sandbox.assumptions(Assumptions.SAFE.with(CancelledSpelling.CANCELED));
        assertThat(hanging.state(id)).isEqualTo("Canceled");
    }

    @Test
    void sendsTextJson() {
        assertThat(type(client.call("GET", UNKNOWN, ""))).isEqualTo("application/json; charset=utf-8");

        sandbox.assumptions(Assumptions.SAFE.with(JsonType.TEXT_JSON));
        assertThat(type(client.call("GET", UNKNOWN, ""))).isEqualTo("text/json; charset=utf-8");
        String id = hanging.submit(body("reply/in.csv", "reply/never.csv"));
        assertThat(type(hanging.call("DELETE", "/jobs/" + id + "?api-version=2.0", "")))
                .isEmpty();
    }

    @Test
    void namesTheTargetOfAnError() {
        String wrong = "{\"Inputs\":{\"other\":{}}}";
        assertThat(detail(wrong).propertyNames()).containsExactly("code", "message");

        sandbox.assumptions(Assumptions.SAFE.with(ErrorTarget.NAMED));
        assertThat(detail(wrong).path("target").stringValue()).isEqualTo("other");
        assertThat(detail("{").path("target").isNull()).isTrue();
    }

    @Test
    void makesLinksThatHoldForADayAndFiveMinutes() {
        String id = client.submit(body("reply/in.csv", "reply/linked.csv"));
        client.start(id);
        await().until(() -> client.state(id).equals("Finished"));
        assertThat(lifetime(client.status(id))).isEqualTo(Duration.ofHours(24).plusMinutes(5));

        sandbox.assumptions(Assumptions.SAFE.withLinks(Duration.ZERO, Duration.ofSeconds(90)));
        assertThat(lifetime(client.status(id))).isEqualTo(Duration.ofSeconds(90));
    }

    private static Duration lifetime(JsonNode status) {
        String token = status.at("/Results/output1/SasBlobToken").stringValue();
        return Duration.between(time(token, "st"), time(token, "se"));
    }

    private static OffsetDateTime time(String token, String name) {
        String value = token.replaceAll(".*[?&]" + name + "=([^&]+).*", "$1");
        return OffsetDateTime.parse(URLDecoder.decode(value, StandardCharsets.UTF_8));
    }

    private static String startAndDelete() {
        String id = hanging.submit(body("reply/in.csv", "reply/never.csv"));
        return hanging.start(id) + " " + hanging.delete(id);
    }

    private static JsonNode detail(String body) {
        return SampleClient.json
                .readTree(client.call("POST", "/jobs?api-version=2.0", body).body())
                .at("/error/details/0");
    }

    private static String type(HttpResponse<String> reply) {
        return reply.headers().firstValue("Content-Type").orElse("");
    }

    private static SampleClient client(String name) {
        var service = sandbox.service(name);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }
}
