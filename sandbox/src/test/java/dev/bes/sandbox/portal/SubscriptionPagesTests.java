package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.management.Subscription;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of the subscriptions, as a browser without script uses them. */
class SubscriptionPagesTests {

    private static final String ALL = "/portal/subscriptions";

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
    void listsSubscriptionsWithoutTheirKeysAndSaysThatThereAreNoPasswords() throws Exception {
        assertThat(get(ALL).body())
                .contains("sandbox without passwords", "starter", "Demo Developer", "suspended")
                .doesNotContain(sandbox.subscription("starter").primaryKey());
        assertThat(get(ALL + "/starter").body())
                .contains("Show keys")
                .doesNotContain(sandbox.subscription("starter").primaryKey());
    }

    @Test
    void showsTheKeysOnRequestAndRegeneratesThem() throws Exception {
        Subscription before = sandbox.subscription("unlimited");
        assertThat(post(ALL + "/unlimited/keys", "").body()).contains(before.primaryKey(), before.secondaryKey());

        assertThat(post(ALL + "/unlimited/regenerate-primary", "").headers().firstValue("Location"))
                .hasValue(ALL + "/unlimited");
        Subscription after = sandbox.subscription("unlimited");
        assertThat(after.primaryKey()).isNotEqualTo(before.primaryKey());
        assertThat(after.secondaryKey()).isEqualTo(before.secondaryKey());
        assertThat(post(ALL + "/unlimited/keys", "").body()).contains(after.primaryKey());

        post(ALL + "/unlimited/regenerate-secondary", "");
        assertThat(sandbox.subscription("unlimited").secondaryKey()).isNotEqualTo(before.secondaryKey());
    }

    @Test
    void subscribesAUserAndApprovesWhatTheProductAsksApprovalFor() throws Exception {
        String user = addUser("Ada", "ada@example.com");
        String page = subscribe(user, "unlimited", "Ada's <b>own</b>");

        assertThat(get(page).body())
                .contains("submitted", "Approve", "Reject", "Ada&#39;s &lt;b&gt;own&lt;/b&gt;")
                .doesNotContain("<b>own</b>");
        assertThat(post(page + "/approve", "").statusCode()).isEqualTo(303);
        assertThat(get(page).body()).contains("active", "Suspend", "Cancel").doesNotContain("Approve");
        assertThat(post(page + "/approve", "").statusCode()).isEqualTo(409);

        post(page + "/suspend", "");
        assertThat(get(page).body()).contains("suspended", "Activate");
        post(page + "/activate", "");
        post(page + "/cancel", "");
        assertThat(get(page).body()).contains("cancelled", "Activate").doesNotContain("Suspend");
    }

    @Test
    void rejectsAndActivatesAtOnceWhereTheProductAsksForNoApproval() throws Exception {
        String user = addUser("Bob", "bob@example.com");

        assertThat(get(subscribe(user, "starter", "at once")).body()).contains("active");
        String asked = subscribe(user, "unlimited", "asked");
        post(asked + "/reject", "");
        assertThat(get(asked).body()).contains("rejected");
    }

    @Test
    void refusesASecondSubscriptionToAProductThatAllowsOne() throws Exception {
        String user = addUser("Eve", "eve@example.com");
        subscribe(user, "starter", "first");

        HttpResponse<String> second = post(ALL, form("user", user, "product", "starter", "name", "second"));
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("Subscriptions limit reached for same user");
    }

    @Test
    void explainsWhatIsWrongWithAForm() throws Exception {
        assertThat(post(ALL, form("user", "demo", "product", "starter", "name", "  "))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(ALL, form("user", "nobody", "product", "starter", "name", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(ALL, form("user", "1", "product", "none", "name", "x")).statusCode())
                .isEqualTo(404);
        assertThat(post("/portal/users", form("firstName", "A", "lastName", "B", "email", "no address"))
                        .body())
                .contains("email");
        assertThat(get(ALL + "/none").statusCode()).isEqualTo(404);
        assertThat(get(ALL + "?user=none").statusCode()).isEqualTo(404);
        assertThat(post(ALL + "/starter/explode", "").statusCode()).isEqualTo(404);
    }

    @Test
    void takesNoChangeFromAPageOfAnotherSite() throws Exception {
        String before = sandbox.subscription("suspended").primaryKey();

        assertThat(RawCall.send(
                        sandbox.directUrl(),
                        "POST",
                        ALL + "/suspended/regenerate-primary",
                        "",
                        "Host: " + sandbox.directUrl().getAuthority(),
                        "Origin: https://example.org"))
                .startsWith("HTTP/1.1 403");
        assertThat(sandbox.subscription("suspended").primaryKey()).isEqualTo(before);
    }

    private static String addUser(String name, String email) throws Exception {
        HttpResponse<String> added =
                post("/portal/users", form("firstName", name, "lastName", "Example", "email", email));
        return added.headers().firstValue("Location").orElseThrow().replaceFirst(".*user=", "");
    }

    private static String subscribe(String user, String product, String name) throws Exception {
        HttpResponse<String> made = post(ALL, form("user", user, "product", product, "name", name));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        return made.headers().firstValue("Location").orElseThrow();
    }

    private static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return form.toString();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path)).build());
    }

    private static HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
