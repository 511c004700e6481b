package dev.bes.sandbox.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The REST API of subscriptions, in the shape of API Management's, and what the gateway makes of it. */
class SubscriptionsApiTests {

    private static final String FREE =
            "{\"displayName\":\"Free\",\"scope\":\"/products/unlimited\",\"state\":\"active\"}";

    private static Sandbox sandbox;
    private static ManagementClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        client = new ManagementClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void showsASubscriptionAsAResourceWithoutItsKeys() {
        HttpResponse<String> answer = client.call("GET", "/subscriptions/Starter", "");
        JsonNode resource = ManagementClient.read(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag"))
                .hasValueSatisfying(tag -> assertThat(tag).startsWith("\""));
        assertThat(answer.body()).doesNotContain("primaryKey", "secondaryKey", "d000");
        assertThat(resource.path("id").stringValue()).isEqualTo(ManagementClient.SERVICE + "/subscriptions/starter");
        assertThat(resource.path("type").stringValue()).isEqualTo("Microsoft.ApiManagement/service/subscriptions");
        assertThat(resource.path("name").stringValue()).isEqualTo("starter");
        JsonNode properties = resource.path("properties");
        assertThat(properties.path("ownerId").stringValue()).isEqualTo(ManagementClient.SERVICE + "/users/demo");
        assertThat(properties.path("scope").stringValue()).isEqualTo(ManagementClient.SERVICE + "/products/starter");
        assertThat(properties.path("state").stringValue()).isEqualTo("active");
        assertThat(properties.path("startDate").stringValue())
                .isEqualTo(properties.path("createdDate").stringValue());
        assertThat(properties.path("endDate").isNull()).isTrue();
    }

    @Test
    void givesTheKeysOnlyWhenAskedForThem() {
        assertThat(client.keys("starter").path("primaryKey").stringValue())
                .isEqualTo(sandbox.subscription("starter").primaryKey());
        assertThat(client.keys("starter").path("secondaryKey").stringValue())
                .isEqualTo(sandbox.subscription("starter").secondaryKey());
    }

    @Test
    void makesASubscriptionWithRandomKeysThatWorkAtOnce() {
        String key = client.subscribe("made", FREE);

        assertThat(key)
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(client.keys("made").path("secondaryKey").stringValue());
        assertThat(client.gateway(key)).isEqualTo(404);
        assertThat(client.call("PUT", "/subscriptions/made", "{\"properties\":" + FREE + "}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.keys("made").path("primaryKey").stringValue()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"Primary, Secondary", "Secondary, Primary"})
    void regeneratesOneKeyAndRefusesTheOldOneAtOnce(String which, String other) {
        String sid = "regenerated-" + which;
        client.subscribe(sid, FREE);
        JsonNode old = client.keys(sid);
        String before = old.path(which.toLowerCase(Locale.ROOT) + "Key").stringValue();

        assertThat(client.call("POST", "/subscriptions/" + sid + "/regenerate" + which + "Key", "")
                        .statusCode())
                .isEqualTo(204);

        String after =
                client.keys(sid).path(which.toLowerCase(Locale.ROOT) + "Key").stringValue();
        assertThat(after).matches("[0-9a-f]{32}").isNotEqualTo(before);
        assertThat(client.gateway(before)).isEqualTo(401);
        assertThat(client.gateway(after)).isEqualTo(404);
        assertThat(client.gateway(
                        old.path(other.toLowerCase(Locale.ROOT) + "Key").stringValue()))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submitted", "suspended", "rejected", "cancelled", "expired"})
    void refusesTheKeysOfASubscriptionThatIsNotActive(String state) {
        String sid = "state-" + state;
        String key = client.subscribe(sid, FREE);
        assertThat(client.gateway(key)).isEqualTo(404);

        assertThat(patch(sid, "{\"state\":\"" + state + "\"}").statusCode()).isEqualTo(200);
        assertThat(client.gateway(key)).isEqualTo(401);
        JsonNode properties = client.get("/subscriptions/" + sid).path("properties");
        assertThat(properties.path("state").stringValue()).isEqualTo(state);
        assertThat(properties.path("endDate").isNull())
                .isEqualTo(List.of("submitted", "suspended").contains(state));

        assertThat(patch(sid, "{\"state\":\"active\"}").statusCode()).isEqualTo(200);
        assertThat(client.gateway(key)).isEqualTo(404);
    }

    @Test
    void waitsForApprovalUnlessTheRequestNamesAState() {
        String key = client.subscribe("waiting", "{\"displayName\":\"W\",\"scope\":\"/products/unlimited\"}");

        assertThat(client.get("/subscriptions/waiting")
                        .path("properties")
                        .path("state")
                        .stringValue())
                .isEqualTo("submitted");
        assertThat(client.get("/subscriptions/waiting")
                        .path("properties")
                        .path("startDate")
                        .isNull())
                .isTrue();
        assertThat(client.gateway(key)).isEqualTo(401);
    }

    @Test
    void changesOnlyTheEntityThatTheTagNames() {
        client.subscribe("tagged", FREE);
        String tag = client.call("HEAD", "/subscriptions/tagged", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        ManagementClient conditional = client.with("If-Match", tag);
        String renamed = "{\"properties\":{\"displayName\":\"Renamed\"}}";

        assertThat(client.call("PATCH", "/subscriptions/tagged", renamed).statusCode())
                .isEqualTo(400);
        assertThat(conditional.call("PATCH", "/subscriptions/tagged", renamed).statusCode())
                .isEqualTo(200);
        HttpResponse<String> stale = conditional.call("PATCH", "/subscriptions/tagged", renamed);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(ManagementClient.read(stale).path("error").path("code").stringValue())
                .isEqualTo("PreconditionFailed");
        assertThat(conditional
                        .call("PUT", "/subscriptions/tagged", "{\"properties\":" + FREE + "}")
                        .statusCode())
                .isEqualTo(412);
        assertThat(conditional.call("DELETE", "/subscriptions/tagged", "").statusCode())
                .isEqualTo(412);
        assertThat(client.get("/subscriptions/tagged")
                        .path("properties")
                        .path("displayName")
                        .stringValue())
                .isEqualTo("Renamed");
    }

    @Test
    void deletesASubscriptionAndItsKeys() {
        String key = client.subscribe("deleted", FREE);
        ManagementClient any = client.with("If-Match", "*");

        assertThat(any.call("DELETE", "/subscriptions/deleted", "").statusCode())
                .isEqualTo(200);
        assertThat(any.call("DELETE", "/subscriptions/deleted", "").statusCode())
                .isEqualTo(204);
        assertThat(client.gateway(key)).isEqualTo(401);
        HttpResponse<String> gone = client.call("GET", "/subscriptions/deleted", "");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body())
                .isEqualTo("{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"Subscription not found.\","
                        + "\"details\":null}}");
    }

    @Test
    void listsPageByPageAndByFilter() {
        client.subscribe("list-1", FREE);
        client.subscribe("list-2", FREE);
        client.subscribe("list-3", FREE);

        JsonNode first = client.get("/subscriptions?$filter=startswith(name,%20'list-')&$top=2");
        assertThat(first.path("count").intValue()).isEqualTo(3);
        assertThat(first.path("value")).hasSize(2);
        JsonNode last = ManagementClient.read(ManagementClient.send(
                "GET",
                first.path("nextLink").stringValue(),
                "",
                List.of("Authorization", "Bearer " + sandbox.managementToken())));
        assertThat(last.path("value").path(0).path("name").stringValue()).isEqualTo("list-3");
        assertThat(last.has("nextLink")).isFalse();

        assertThat(client.get("/subscriptions?$filter=name%20eq%20'list-2'%20and%20productId%20ne%20'x'")
                        .path("value"))
                .hasSize(1);
        assertThat(client.get("/products/starter/subscriptions").path("value")).hasSize(1);
        assertThat(client.get("/users/demo/subscriptions").path("count").intValue())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$top=0",
                "$top=1001",
                "$skip=-1",
                "$skip=x",
                "$filter=name",
                "$filter=secret%20eq%20'x'",
                "$filter=name%20eq%20'a'%20and%20",
                "$filter=name%20eq%20'a'%20or%20name%20eq%20'b'"
            })
    void refusesAListThatItCannotRead(String query) {
        assertThat(client.call("GET", "/subscriptions?" + query, "").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "displayName | {\"scope\":\"/products/unlimited\"}",
                "scope       | {\"displayName\":\"x\"}",
                "scope       | {\"displayName\":\"x\",\"scope\":\"/products/none\"}",
                "scope       | {\"displayName\":\"x\",\"scope\":\"/apis/none\"}",
                "scope       | {\"displayName\":\"x\",\"scope\":\"everything\"}",
                "ownerId     | {\"displayName\":\"x\",\"scope\":\"/apis\",\"ownerId\":\"/users/nobody\"}",
                "ownerId     | {\"displayName\":\"x\",\"scope\":\"/apis\",\"ownerId\":\"nobody\"}",
                "state       | {\"displayName\":\"x\",\"scope\":\"/apis\",\"state\":\"running\"}",
                "primaryKey  | {\"displayName\":\"x\",\"scope\":\"/apis\",\"primaryKey\":\"with space\"}",
                "primaryKey  | {\"displayName\":\"x\",\"scope\":\"/apis\",\"primaryKey\":7}",
                "expirationDate | {\"displayName\":\"x\",\"scope\":\"/apis\",\"expirationDate\":\"tomorrow\"}"
            })
    void namesTheFieldThatIsWrong(String field, String properties) {
        HttpResponse<String> answer = client.call("PUT", "/subscriptions/wrong", "{\"properties\":" + properties + "}");
        JsonNode error = ManagementClient.read(answer).path("error");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error.path("code").stringValue()).isEqualTo("ValidationError");
        assertThat(error.path("details").path(0).path("target").stringValue()).isEqualTo(field);
        assertThat(client.call("GET", "/subscriptions/wrong", "").statusCode()).isEqualTo(404);
    }

    @Test
    void namesAllFieldsThatAreTooLongAtOnce() {
        String properties = "{\"displayName\":\"%s\",\"scope\":\"/apis\",\"primaryKey\":\"%s\"}"
                .formatted("x".repeat(101), "x".repeat(257));
        HttpResponse<String> answer = client.call("PUT", "/subscriptions/long", "{\"properties\":" + properties + "}");

        assertThat(ManagementClient.read(answer).path("error").path("details")).hasSize(2);
        assertThat(client.call("PUT", "/subscriptions/" + "x".repeat(81), "{\"properties\":" + FREE + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.call("PUT", "/subscriptions/a%20b", "{\"properties\":" + FREE + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"properties\":[]}", "{\"properties\":{}}x", "null"})
    void refusesABodyThatIsNoResource(String body) {
        assertThat(client.call("PUT", "/subscriptions/none", body).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(client.call("PUT", "/subscriptions/large", "x".repeat((64 << 10) + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesAKeyThatAnotherSubscriptionHas() {
        String taken = sandbox.subscription("starter").secondaryKey();
        String properties = "{\"displayName\":\"x\",\"scope\":\"/apis\",\"primaryKey\":\"" + taken + "\"}";

        assertThat(client.call("PUT", "/subscriptions/thief", "{\"properties\":" + properties + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.gateway(taken)).isEqualTo(404);
    }

    @Test
    void answersOnlyForTheToken() {
        HttpResponse<String> missing = client.anonymous().call("GET", "/subscriptions", "");
        assertThat(missing.statusCode()).isEqualTo(401);
        assertThat(missing.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(missing.body()).contains("\"code\":\"AuthenticationFailed\"");

        for (String sent : List.of("Bearer wrong", sandbox.managementToken(), "Basic " + sandbox.managementToken())) {
            HttpResponse<String> refused = client.anonymous()
                    .with("Authorization", sent)
                    .call("POST", "/subscriptions/starter/listSecrets", "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain("primaryKey");
        }
    }

    @Test
    void isNotReachedThroughTheManagedPort() {
        String managed = sandbox.managedUrl().resolve("/").toString().replaceFirst("/$", "");
        assertThat(ManagementClient.send(
                                "GET",
                                managed + ManagementClient.SERVICE + "/subscriptions?api-version=2022-08-01",
                                "",
                                List.of("Authorization", "Bearer " + sandbox.managementToken()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void asksForAVersionAndNamesTheMethodsOfAnAddress() {
        List<String> token = List.of("Authorization", "Bearer " + sandbox.managementToken());
        String address = sandbox.directUrl() + ManagementClient.SERVICE;

        assertThat(ManagementClient.send("GET", address + "/subscriptions", "", token)
                        .body())
                .contains("MissingApiVersionParameter");
        assertThat(ManagementClient.send("GET", address + "/Subscriptions?API-Version=2022-08-01&$TOP=1", "", token)
                        .body())
                .contains("\"value\":[{", "nextLink")
                .doesNotContain("},{\"id\"");
        HttpResponse<String> wrong = client.call("POST", "/subscriptions", "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET");
        assertThat(client.call("GET", "/backends", "").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> patch(String sid, String properties) {
        return client.with("If-Match", "*")
                .call("PATCH", "/subscriptions/" + sid, "{\"properties\":" + properties + "}");
    }
}
