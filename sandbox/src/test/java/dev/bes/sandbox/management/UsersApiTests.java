package dev.bes.sandbox.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Users, groups and products, as far as they decide who may subscribe to what. */
class UsersApiTests {

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
    void showsUsersAsResourcesWithTheirGroups() {
        assertThat(put("ada", "Ada", "ada@example.com").statusCode()).isEqualTo(201);
        assertThat(put("ADA", "Ada II", "ada@example.com").statusCode()).isEqualTo(200);

        JsonNode user = client.get("/users/ada");
        assertThat(user.path("type").stringValue()).isEqualTo("Microsoft.ApiManagement/service/users");
        assertThat(user.path("properties").path("firstName").stringValue()).isEqualTo("Ada II");
        assertThat(user.path("properties").path("groups").path(0).path("name").stringValue())
                .isEqualTo("developers");
        assertThat(client.get("/users?$filter=email%20eq%20'ada@example.com'")
                        .path("count")
                        .intValue())
                .isEqualTo(1);
        assertThat(names("/groups/administrators/users")).containsExactly("1");
        assertThat(names("/groups/developers/users")).contains("1", "ada", "demo");
        assertThat(names("/groups")).contains("administrators", "developers", "guests");
        assertThat(names("/users/1/groups")).containsExactly("administrators", "developers");
    }

    @ParameterizedTest
    @CsvSource({
        "new, '', new@example.com, firstName",
        "new, New, no address, email",
        "a b, New, new@example.com, userId"
    })
    void namesTheFieldThatIsWrong(String id, String name, String email, String field) {
        HttpResponse<String> answer = put(id.replace(" ", "%20"), name, email);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ManagementClient.read(answer)
                        .path("error")
                        .path("details")
                        .path(0)
                        .path("target")
                        .stringValue())
                .isEqualTo(field);
    }

    @Test
    void refusesASecondUserWithAnEmailAddress() {
        assertThat(put("twin", "Twin", "DEMO@example.com").statusCode()).isEqualTo(400);
    }

    @Test
    void deletesAUserOnlyWithTheSubscriptions() {
        put("leaver", "Leaver", "leaver@example.com");
        String key = client.subscribe("leaving", owned("leaver", "starter"));
        ManagementClient any = client.with("If-Match", "*");

        assertThat(any.call("DELETE", "/users/leaver", "").statusCode()).isEqualTo(400);
        assertThat(any.call("DELETE", "/users/leaver?deleteSubscriptions=true", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.gateway(key)).isEqualTo(401);
        assertThat(any.call("DELETE", "/users/leaver", "").statusCode()).isEqualTo(204);
        assertThat(any.call("DELETE", "/users/1", "").statusCode()).isEqualTo(400);
    }

    @Test
    void letsAUserHaveAsManySubscriptionsAsTheProductAllows() {
        put("greedy", "Greedy", "greedy@example.com");
        client.subscribe("greedy-1", owned("greedy", "starter"));

        HttpResponse<String> second =
                client.call("PUT", "/subscriptions/greedy-2", "{\"properties\":" + owned("greedy", "starter") + "}");
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body())
                .isEqualTo(
                        "{\"error\":{\"code\":\"ValidationError\",\"message\":\"Subscriptions limit reached for same user\","
                                + "\"details\":null}}");
        client.with("If-Match", "*")
                .call("PATCH", "/subscriptions/greedy-1", "{\"properties\":{\"state\":\"cancelled\"}}");
        client.subscribe("greedy-2", owned("greedy", "starter"));
    }

    @Test
    void keepsTheMembersOfBuiltInGroups() {
        assertThat(client.call("PUT", "/groups/administrators/users/demo", "").statusCode())
                .isEqualTo(400);
        assertThat(client.call("DELETE", "/groups/developers/users/demo", "").statusCode())
                .isEqualTo(400);
        assertThat(client.call("PUT", "/groups/none/users/demo", "").statusCode())
                .isEqualTo(404);
        assertThat(client.call("GET", "/groups/none", "").statusCode()).isEqualTo(404);
    }

    @Test
    void showsProducts() {
        assertThat(names("/products")).contains("starter", "unlimited");
        JsonNode product = client.get("/products/unlimited").path("properties");
        assertThat(product.path("approvalRequired").booleanValue()).isTrue();
        assertThat(product.path("state").stringValue()).isEqualTo("published");
        assertThat(client.call("GET", "/products/none", "").statusCode()).isEqualTo(404);
    }

    private static List<String> names(String path) {
        return client.get(path)
                .path("value")
                .valueStream()
                .map(each -> each.path("name").stringValue())
                .toList();
    }

    private static String owned(String user, String product) {
        return "{\"displayName\":\"x\",\"scope\":\"/products/%s\",\"ownerId\":\"/users/%s\",\"state\":\"active\"}"
                .formatted(product, user);
    }

    private static HttpResponse<String> put(String id, String firstName, String email) {
        return client.call(
                "PUT",
                "/users/" + id,
                "{\"properties\":{\"firstName\":\"%s\",\"lastName\":\"L\",\"email\":\"%s\"}}"
                        .formatted(firstName, email));
    }
}
