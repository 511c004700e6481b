package dev.bes.orchestrator.web.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.web.BrowserSession;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The provider alone says who comes in: local users are turned off. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class NoLocalUsersTests {
    private static final String PASSWORD = "four plain words here";

    @TempDir
    static Path folder;

    private static final String DATABASE = TestEnvironment.newDatabase();
    private static TestProvider provider;
    private static WebNode node;

    @BeforeAll
    static void start() {
        provider = TestProvider.start(0);
        node = start("false");
        provider.allow(site());
    }

    private static WebNode start(String localUsers) {
        Map<String, String> settings = OidcTests.settings(provider.issuer());
        settings.put("orchestrator.accounts.local-users", localUsers);
        return WebNode.start(folder, DATABASE, settings);
    }

    @AfterAll
    static void stop() {
        node.close();
        provider.close();
    }

    private static String site() {
        return node.url().replace("127.0.0.1", "localhost");
    }

    private static Answer asAdministrator(String path, String json) {
        String token = TestProvider.signed(
                provider.key(),
                provider.claims().claim("groups", List.of("ops")).build());
        return new Caller(URI.create(node.url())).post(path, json, "Authorization", "Bearer " + token);
    }

    @Test
    void showsNoFormForPasswordsAndTakesNone() {
        BrowserSession browser = new BrowserSession(node.url());

        assertThat(browser.get("/sign-in").body())
                .contains("Sign in with Example")
                .doesNotContain("type=\"password\"");
        assertThat(browser.signIn("admin", PASSWORD).status()).isIn(403, 405);
        assertThat(browser.get("/definitions").status()).isEqualTo(303);
    }

    @Test
    void letsAUserOfTheProviderIn() {
        Visitor visitor = new Visitor()
                .open(URI.create(site() + "/sign-in/with/oidc?to=%2Fusers"))
                .follow();
        visitor.submit(URI.create(provider.issuer() + "/login"), Map.of("username", "olga", "password", "olga"));
        visitor.follow();

        assertThat(visitor.status()).isEqualTo(200);
        assertThat(visitor.body())
                .contains("olga", "by OpenID provider", "are added at the OpenID provider")
                .doesNotContain("Add a user", "New password");
    }

    @Test
    void refusesToAddALocalUserOrAPassword() {
        Answer added = asAdministrator("/api/v1/users", "{\"name\": \"bob\", \"grants\": [\"viewer\"]}");
        Answer reset = asAdministrator("/api/v1/users/admin/reset-password", "");

        for (Answer answer : List.of(added, reset)) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.json().get("type").asString()).endsWith("wrong-account");
            assertThat(answer.json().get("detail").asString()).contains("orchestrator.accounts.local-users");
        }
    }

    /** As on a node that was changed while others go on: the account is there, and counts as disabled here. */
    @Test
    void makesNoAdministratorAndRefusesSessionsAndKeysOfLocalUsersThatThereWere(CapturedOutput output) {
        Accounts accounts = node.part(Accounts.class);
        assertThat(accounts.all()).noneMatch(account -> !account.external());
        assertThat(output).doesNotContain("one-time password");
        try (WebNode other = start("true")) {
            Accounts others = other.part(Accounts.class);
            Accounts.OneTimePassword made = others.add("bob", List.of("viewer"), "test");
            Account bob = others.changePassword(made.account().id(), made.password(), PASSWORD);
            String key = other.part(ApiKeys.class)
                    .create(bob.access(), "nightly", List.of("viewer"), null)
                    .text();
            BrowserSession browser = new BrowserSession(other.url());
            assertThat(browser.signIn("bob", PASSWORD).status()).isEqualTo(303);

            assertThat(definitions(other, key)).isEqualTo(200);
            assertThat(definitions(node, key)).isEqualTo(401);
            assertThat(browser.get("/definitions").status()).isEqualTo(200);
            assertThat(browser.get(URI.create(node.url()), "/definitions").status())
                    .isEqualTo(303);
        }
    }

    private static int definitions(WebNode at, String key) {
        return new Caller(URI.create(at.url()))
                .get("/api/v1/definitions", "Authorization", "Bearer " + key)
                .status();
    }
}
