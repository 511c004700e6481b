package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.web.Caller.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sign-in, sessions and keys on two nodes over one database that were started at the same time. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class SignInTests {
    private static final String PASSWORD = "four plain words here";
    private static final Map<String, String> LOGIN = Map.of(
            "orchestrator.security.mode", "login",
            "orchestrator.web.trusted-proxies", "127.0.0.1",
            "orchestrator.web.hosts", "orchestrator.example");

    @TempDir
    static Path folder;

    private static WebNode one;
    private static WebNode two;
    private static String oneTimePassword;
    private static long timesPrinted;

    @BeforeAll
    static void start(CapturedOutput output) {
        String database = TestEnvironment.newDatabase();
        CompletableFuture<WebNode> first =
                CompletableFuture.supplyAsync(() -> WebNode.start(folder.resolve("shared"), database, LOGIN));
        // Quartz finds data sources of a process by the name of their scheduler
        Map<String, String> other = new HashMap<>(LOGIN);
        other.put("spring.quartz.scheduler-name", "other");
        two = WebNode.start(folder.resolve("shared"), database, other);
        one = first.join();
        Matcher printed = Pattern.compile("one-time password: +([a-z0-9-]+)").matcher(output);
        timesPrinted = printed.results().map(line -> line.group(1)).distinct().count();
        printed.reset();
        oneTimePassword = printed.find() ? printed.group(1) : "";
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static Accounts accounts() {
        return one.part(Accounts.class);
    }

    private static Account user(String name, String... grants) {
        Accounts.OneTimePassword made = accounts().add(name, List.of(grants), "test");
        return accounts().changePassword(made.account().id(), made.password(), PASSWORD);
    }

    private static BrowserSession signedIn(String name, String... grants) {
        user(name, grants);
        BrowserSession browser = new BrowserSession(one.url());
        assertThat(browser.signIn(name, PASSWORD).header("Location")).isEqualTo("/");
        return browser;
    }

    private static String location(Answer answer) {
        assertThat(answer.status()).isEqualTo(303);
        return answer.header("Location");
    }

    @Test
    void printsTheOneTimePasswordOfTheFirstAdministratorOnceAndMakesHimChangeIt() {
        assertThat(timesPrinted).isEqualTo(1);
        BrowserSession admin = new BrowserSession(one.url());

        assertThat(location(admin.signIn("Admin ", oneTimePassword))).isEqualTo("/account");
        assertThat(location(admin.get("/"))).isEqualTo("/account");
        assertThat(admin.get("/api/v1/runs").status()).isEqualTo(403);
        assertThat(admin.get("/account").body()).contains("must-change");
        String before = admin.cookie("bes-session");
        for (String weak :
                List.of("short", "administrator1", "admin", "aaaaaaaaaaaaaaa", "password1234", oneTimePassword)) {
            Answer refused =
                    admin.post("/account/password", Map.of("current", oneTimePassword, "chosen", weak, "again", weak));
            assertThat(refused.status()).as(weak).isEqualTo(422);
        }
        assertThat(admin.post(
                                "/account/password",
                                Map.of("current", oneTimePassword, "chosen", PASSWORD, "again", PASSWORD))
                        .header("Location"))
                .endsWith("/account?changed");

        assertThat(admin.cookie("bes-session")).isNotEqualTo(before);
        assertThat(admin.get("/users").body()).contains(">admin</strong>");
        assertThat(new BrowserSession(two.url())
                        .signIn("admin", oneTimePassword)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void servesASessionOnEveryNodeUntilItIsSignedOut() {
        BrowserSession alice = signedIn("alice", "viewer");
        URI other = URI.create(two.url());

        assertThat(alice.get(other, "/").status()).isEqualTo(200);
        assertThat(alice.get(other, "/").body()).contains(">alice</a>", "id=\"sign-out\"");
        assertThat(alice.get(other, "/api/v1/me").json().get("name").asString()).isEqualTo("alice");

        assertThat(alice.post("/sign-out", Map.of()).header("Location")).endsWith("/sign-in?out");
        assertThat(location(alice.get(other, "/"))).isEqualTo("/sign-in");
    }

    @Test
    void givesASessionAnotherIdAtSignInAndTakesNoneThatItDidNotMake() {
        user("fixed", "viewer");
        BrowserSession browser = new BrowserSession(one.url());
        Answer signedIn = browser.postWithoutToken(
                "/sign-in", Map.of("user", "fixed", "password", PASSWORD, "_csrf", browser.token()), "X-Ignored", "x");
        assertThat(signedIn.response().headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("bes-session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
        String first = browser.cookie("bes-session");
        browser.signIn("fixed", PASSWORD);
        assertThat(browser.cookie("bes-session")).isNotEmpty().isNotEqualTo(first);
        assertThat(one.caller()
                        .get("/", "Accept", "text/html", "Cookie", "bes-session=" + first)
                        .status())
                .as("the session before the second sign-in")
                .isEqualTo(303);
    }

    @Test
    void namesCookiesForTheHostAloneBehindTls() {
        Answer page = one.caller()
                .get(
                        "/sign-in",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "orchestrator.example",
                        "X-Forwarded-Prefix",
                        "/scoring");
        assertThat(page.body()).contains("action=\"/scoring/sign-in\"");
        assertThat(page.header("Set-Cookie"))
                .startsWith("__Host-bes-csrf=")
                .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain", "/scoring");
        assertThat(one.caller()
                        .get("/runs/1", "Accept", "text/html", "X-Forwarded-Prefix", "/scoring")
                        .header("Location"))
                .isEqualTo("/scoring/sign-in?to=%2Fruns%2F1");
    }

    @Test
    void refusesADisabledUserAndOtherGrantsAndANewPasswordAtOnceOnEveryNode() {
        BrowserSession bob = signedIn("bob", "viewer");
        URI other = URI.create(two.url());
        accounts().changeGrants("bob", List.of(), "test");
        assertThat(bob.get(other, "/").status()).isEqualTo(403);
        accounts().changeGrants("bob", List.of("operator"), "test");
        assertThat(bob.get(other, "/").status()).isEqualTo(200);

        accounts().disable("bob", "test");
        assertThat(bob.get(other, "/").status()).isEqualTo(303);
        assertThat(bob.signIn("bob", PASSWORD).status()).isEqualTo(401);
        accounts().enable("bob", "test");
        assertThat(bob.get(other, "/").status()).as("the old session").isEqualTo(303);
        assertThat(bob.signIn("bob", PASSWORD).status()).isEqualTo(303);

        String password = accounts().resetPassword("bob", "test").password();
        assertThat(bob.get(other, "/").status()).isEqualTo(303);
        assertThat(location(bob.signIn("bob", password))).isEqualTo("/account");
    }

    @Test
    void signsOutEverywhere() {
        BrowserSession desk = signedIn("carol", "viewer");
        BrowserSession phone = new BrowserSession(two.url());
        phone.signIn("carol", PASSWORD);
        assertThat(phone.get("/").status()).isEqualTo(200);

        desk.post("/account/sign-out-everywhere", Map.of());

        assertThat(phone.get("/").status()).isEqualTo(303);
        assertThat(desk.get("/").status()).isEqualTo(303);
    }

    @Test
    void refusesEveryFormAndApiCallOfASessionWithoutItsCsrfToken() {
        BrowserSession dave = signedIn("dave", "admin");
        Form upload = new Form("").with("key", "x");
        assertThat(dave.postWithoutToken("/users", Map.of("name", "eve", "grants", "admin"))
                        .status())
                .isEqualTo(403);
        assertThat(dave.postWithoutToken("/sign-out", Map.of()).status()).isEqualTo(403);
        assertThat(dave.post("/definitions/greetings/runs", upload.contentType(), upload.body())
                        .body())
                .contains("token of this browser");
        Answer json = dave.post("/api/v1/runs", "application/json", "{\"definition\":\"greetings\"}");
        assertThat(json.json().get("type").asString()).endsWith("#csrf-token");
        assertThat(new BrowserSession(one.url())
                        .postWithoutToken("/sign-in", Map.of("user", "dave", "password", PASSWORD))
                        .status())
                .isEqualTo(403);

        String token = dave.token();
        Form signed = new Form("").with("key", "x").with("_csrf", token);
        assertThat(dave.post("/definitions/greetings/runs", signed.contentType(), signed.body())
                        .header("Location"))
                .contains("/runs/");
        assertThat(dave.post(
                                "/api/v1/runs",
                                "application/json",
                                "{\"definition\":\"greetings\"}",
                                "X-XSRF-TOKEN",
                                token)
                        .status())
                .isEqualTo(201);
        assertThat(accounts().all()).extracting(Account::name).doesNotContain("eve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "/sign-out",
                "evil.example",
                "/%0d%0aSet-Cookie: a=b"
            })
    void goesToNoOtherSiteAfterSignIn(String to) {
        if (accounts().all().stream().noneMatch(user -> user.name().equals("frank"))) {
            user("frank", "viewer");
        }
        BrowserSession browser = new BrowserSession(one.url());
        Answer answer = browser.post("/sign-in", Map.of("user", "frank", "password", PASSWORD, "to", to));
        assertThat(location(answer)).isEqualTo("/");
    }

    @Test
    void goesToThePageThatWasAskedFor() {
        user("grace", "viewer");
        BrowserSession browser = new BrowserSession(one.url());
        assertThat(location(browser.get("/?state=Failed"))).isEqualTo("/sign-in?to=%2F%3Fstate%3DFailed");
        assertThat(location(browser.post(
                        "/sign-in", Map.of("user", "grace", "password", PASSWORD, "to", "/?state=Failed"))))
                .isEqualTo("/?state=Failed");
    }

    @Test
    void leadsAPageThatUpdatesItselfToTheSignInWhenItsSessionHasEnded() {
        Answer poll = one.caller()
                .get("/", "Accept", "text/html", "HX-Request", "true", "HX-Current-URL", one.url() + "/runs/7?after=3");
        assertThat(poll.status()).isEqualTo(401);
        assertThat(poll.header("HX-Redirect")).isEqualTo("/sign-in?to=%2Fruns%2F7%3Fafter%3D3");
        assertThat(poll.body()).doesNotContain("<form");
        assertThat(one.caller()
                        .get("/", "HX-Request", "true", "HX-Current-URL", "https://evil.example/x")
                        .header("HX-Redirect"))
                .isEqualTo("/sign-in?to=%2Fx");
    }

    @Test
    void answersAllFailuresAlike() {
        user("heidi", "viewer");
        accounts().add("ivan", List.of("viewer"), "test");
        accounts().disable("ivan", "test");
        BrowserSession browser = new BrowserSession(one.url());
        List<String> bodies = List.of("heidi", "ivan", "nobody-has-this-name").stream()
                .map(name -> browser.signIn(name, "wrong password")
                        .body()
                        .replaceAll("_csrf\" value=\"[^\"]+", "")
                        .replace("value=\"" + name + "\"", "value=\"what was typed\""))
                .distinct()
                .toList();
        assertThat(bodies).singleElement().asString().contains("The name or the password is not correct.");
    }

    @Test
    void keepsTheNameThatWasTypedAndNothingElseAfterAFailedSignIn() {
        BrowserSession browser = new BrowserSession(one.url());
        Answer refused = browser.signIn("\"><script>alert(1)</script>", "not the password");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Location")).isEmpty();
        assertThat(refused.header("Cache-Control")).contains("no-store");
        assertThat(refused.body())
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .doesNotContain("<script>alert", "not the password");
        assertThat(browser.signIn("x".repeat(1_000), "not the password").body()).doesNotContain("xxx");
        assertThat(browser.get("/sign-in?user=mallory&error=gone").body()).doesNotContain("mallory", "gone");
    }

    @Test
    void checksAndCountsEachFailureOnce() {
        user("oscar", "viewer");
        BrowserSession browser = new BrowserSession(one.url());
        for (int i = 0; i < 3; i++) {
            assertThat(browser.signIn("oscar", "wrong password").status()).isEqualTo(401);
        }

        assertThat(one.part(JdbcClient.class)
                        .sql("SELECT failures FROM sign_in_attempt WHERE subject = ?")
                        .param(Sha256.of("user oscar"))
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        assertThat(one.part(JdbcClient.class)
                        .sql(
                                "SELECT action || ' ' || outcome FROM audit WHERE object = 'user oscar' AND outcome = 'refused'")
                        .query(String.class)
                        .list())
                .containsExactly("sign-in refused", "sign-in refused", "sign-in refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"judy", "not-a-user"})
    void limitsAttemptsByNameAndAddressOnAllNodesTogether(String name) {
        if (name.equals("judy")) {
            user(name, "viewer");
        }
        BrowserSession here = new BrowserSession(one.url());
        BrowserSession there = new BrowserSession(two.url());
        for (int i = 0; i < 5; i++) {
            assertThat((i % 2 == 0 ? here : there)
                            .signIn(name, "wrong password")
                            .status())
                    .isEqualTo(401);
        }
        // the first wait is a second, which a slow machine may let pass
        one.part(JdbcClient.class)
                .sql("UPDATE sign_in_attempt SET last_at = last_at + interval '1 min' WHERE failures >= 5")
                .update();
        Answer waits = there.signIn(name, PASSWORD);
        assertThat(waits.status()).isEqualTo(429);
        assertThat(Integer.parseInt(waits.header("Retry-After"))).isBetween(1, 900);
        assertThat(waits.body()).contains("Too many attempts");
    }

    @Test
    void letsAProgramInByAKeyAsLongAsItAndItsOwnerMay() {
        BrowserSession kim = signedIn("kim", "operator:g*", "viewer");
        Answer made = kim.post(
                "/api/v1/keys",
                "application/json",
                "{\"name\":\"nightly\",\"grants\":[\"operator:greetings\"]}",
                "X-XSRF-TOKEN",
                kim.token());
        assertThat(made.status()).isEqualTo(201);
        String key = made.json().get("text").asString();
        String id = made.json().get("key").get("id").asString();
        assertThat(key).matches("bes_" + id + "_[0-9a-f]{64}");
        assertThat(one.part(JdbcClient.class)
                        .sql("SELECT k::text FROM api_key k WHERE id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .doesNotContain(key.substring(key.lastIndexOf('_') + 1));

        Answer run = with(key, "/api/v1/runs", "{\"definition\":\"greetings\"}");
        assertThat(run.status()).isEqualTo(201);
        long number = run.json().get("id").asLong();
        Answer detail = two.caller().get("/api/v1/runs/" + number, "Authorization", "Bearer " + key);
        assertThat(detail.json().get("history").get(0).get("actor").asString()).isEqualTo("request:kim (key nightly)");
        assertThat(with(key, "/api/v1/runs", "{\"definition\":\"letters\"}").status())
                .isEqualTo(404);
        assertThat(with(key, "/api/v1/keys", "{\"name\":\"more\",\"grants\":[\"operator\"]}")
                        .status())
                .as("a key makes no key that may do more than itself")
                .isEqualTo(422);
        assertThat(two.caller()
                        .get("/api/v1/me", "Authorization", "Bearer " + key)
                        .json()
                        .get("grants")
                        .toString())
                .isEqualTo("[\"operator:greetings\"]");

        accounts().changeGrants("kim", List.of("viewer:greetings"), "test");
        assertThat(with(key, "/api/v1/runs", "{\"definition\":\"greetings\"}").status())
                .isEqualTo(403);
        accounts().disable("kim", "test");
        assertThat(with(key, "/api/v1/runs", "{}").status()).isEqualTo(401);
        accounts().enable("kim", "test");
        kim.signIn("kim", PASSWORD);
        assertThat(kim.post("/keys/" + id + "/revoke", Map.of()).status()).isEqualTo(302);
        assertThat(with(key, "/api/v1/runs", "{}").status()).isEqualTo(401);
    }

    private static Answer with(String key, String path, String json) {
        return two.caller().post(path, json, "Authorization", "Bearer " + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer bes_000000000000_0000000000000000000000000000000000000000000000000000000000000000",
                "Bearer bes_x",
                "Bearer ",
                "Bearer",
                "bearer a b",
                "Basic YWRtaW46YWRtaW4=",
                "",
                "Bearer eyJhbGciOiJub25lIn0.e30."
            })
    void answersEveryBadCredentialAlike(String header) {
        Answer answer = one.caller().get("/api/v1/runs", "Authorization", header);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().get("type").asString()).endsWith("#unauthorized");
    }

    @Test
    void keepsAnAdministratorAndTellsNamesToAdministratorsOnly() {
        BrowserSession mallory = signedIn("mallory", "admin:greetings");
        assertThat(mallory.get("/api/v1/users").status()).isEqualTo(403);
        assertThat(mallory.get("/api/v1/users/admin").status()).isEqualTo(403);
        assertThat(mallory.get("/api/v1/users/nobody").status()).isEqualTo(403);
        assertThat(mallory.get("/users").status()).isEqualTo(403);
    }

    @Test
    void endsAnIdleSessionThatOnlyUpdatesItsPageAndEverySessionAfterItsLongestTime() {
        Map<String, String> shortly = Map.of(
                "orchestrator.security.mode", "login",
                "orchestrator.security.session.idle", "3s",
                "orchestrator.security.session.max", "7s");
        try (WebNode node = WebNode.start(folder.resolve("short"), TestEnvironment.newDatabase(), shortly)) {
            Accounts.OneTimePassword made = node.part(Accounts.class).add("olivia", List.of("viewer"), "test");
            node.part(Accounts.class).changePassword(made.account().id(), made.password(), PASSWORD);
            BrowserSession idle = new BrowserSession(node.url());
            BrowserSession active = new BrowserSession(node.url());
            idle.signIn("olivia", PASSWORD);
            active.signIn("olivia", PASSWORD);
            long start = System.nanoTime();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(6))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> active.get("/").status() == 200
                            && idle.get("/", "HX-Request", "true").status() == 401);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> active.get("/").status() == 303);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(6));
        }
    }
}
