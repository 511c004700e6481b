package dev.bes.orchestrator.web.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Sign-in by a real provider of another site, and bearer tokens of it: the ways that work, and those of an attacker. */
@Tag("slow")
class OidcTests {
    @TempDir
    static Path folder;

    private static TestProvider provider;
    private static WebNode node;

    @BeforeAll
    static void start() {
        provider = TestProvider.start(0);
        node = start("a", provider.issuer());
        provider.allow(site());
    }

    @AfterAll
    static void stop() {
        node.close();
        provider.close();
    }

    private static WebNode start(String name, String issuer) {
        return WebNode.start(folder.resolve(name), TestEnvironment.newDatabase(), settings(issuer));
    }

    static Map<String, String> settings(String issuer) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("orchestrator.security.mode", "login");
        settings.put("orchestrator.security.oidc.issuer", issuer);
        settings.put("orchestrator.security.oidc.client-id", TestProvider.CLIENT);
        settings.put("orchestrator.security.oidc.client-secret", TestProvider.SECRET);
        settings.put("orchestrator.security.oidc.audience", TestProvider.AUDIENCE);
        settings.put("orchestrator.security.oidc.label", "Sign in with Example");
        settings.put("orchestrator.security.oidc.grants.finance-team", "viewer:letters, operator:greet*");
        settings.put("orchestrator.security.oidc.grants.ops", "admin");
        settings.put("orchestrator.web.trusted-proxies", "127.0.0.1");
        settings.put("orchestrator.web.hosts", "orchestrator.example");
        return settings;
    }

    /** The node by another name than the provider's: they are two sites. */
    private static String site() {
        return node.url().replace("127.0.0.1", "localhost");
    }

    private static URI at(String path) {
        return URI.create(site() + path);
    }

    private static URI theLink() {
        return at("/sign-in/with/oidc?to=%2Fdefinitions");
    }

    /** Somebody whom the provider has just sent back, with code and state in {@link Visitor#next()}. */
    private static Visitor identified(String user) {
        Visitor visitor = new Visitor().open(theLink()).follow();
        assertThat(visitor.here().toString()).startsWith(provider.issuer() + "/login");
        visitor.submit(URI.create(provider.issuer() + "/login"), Map.of("username", user, "password", user));
        visitor.open(visitor.next());
        assertThat(visitor.next().toString()).startsWith(site() + "/sign-in/oidc?code=");
        return visitor;
    }

    private static Visitor signedIn(String user) {
        return identified(user).follow();
    }

    @Test
    void signsInByCodeWithPkceStateAndNonceAndShowsWhatTheGroupsMaySee() {
        Visitor visitor = new Visitor().open(at("/definitions")).follow();
        assertThat(visitor.body()).contains("Sign in with Example", "/sign-in/with/oidc?to=");

        assertThat(visitor.open(theLink()).next().toString())
                .startsWith(provider.issuer() + "/oauth2/authorize?response_type=code&client_id=orchestrator")
                .contains("&state=", "&nonce=", "&code_challenge=", "code_challenge_method=S256", "scope=openid");

        visitor = signedIn("ann");
        assertThat(visitor.here()).isEqualTo(at("/definitions"));
        assertThat(visitor.status()).isEqualTo(200);
        assertThat(visitor.body()).contains("greetings", "letters").doesNotContain("hanging", "crowd");
    }

    /** Anybody can begin a sign-in as often as he likes. */
    @Test
    void keepsASignInThatIsNotEndedForTenMinutes() {
        new Visitor().open(theLink());
        assertThat(secondsOfTheNewestSession()).isEqualTo(600);

        signedIn("ann");
        assertThat(secondsOfTheNewestSession()).isEqualTo(1_800);
    }

    private static int secondsOfTheNewestSession() {
        return node.part(JdbcClient.class)
                .sql("SELECT max_inactive_interval FROM spring_session ORDER BY creation_time DESC LIMIT 1")
                .query(Integer.class)
                .single();
    }

    @Test
    void givesTheGrantsOfTheGroupsOfThisSignIn() {
        assertThat(signedIn("olga").body()).contains("hanging");
        provider.groups("olga", "finance-team");
        assertThat(signedIn("olga").body()).contains("greetings").doesNotContain("hanging");
        provider.groups("olga", "ops");
    }

    private static List<AuditRow> rows(String user) {
        return node.part(AuditReader.class)
                .list(
                        new AuditFilter(DefinitionScope.ALL, null, null, "user " + user, null, null, null, null, null),
                        100);
    }

    private static List<String> told(String user) {
        return rows(user).stream()
                .map(row -> "%s %s by %s: %s -> %s"
                        .formatted(row.action(), row.outcome(), row.actor(), row.before(), row.after()))
                .filter(text -> !text.startsWith("sign-in allowed"))
                .toList()
                .reversed();
    }

    @Test
    void recordsInTheAuditWhatASignInChangesOfAnAccount() {
        provider.groups("dora", "ops");
        signedIn("dora");
        signedIn("dora");
        provider.groups("dora", "finance-team");
        signedIn("dora");
        provider.groups("dora", "others");
        assertThat(signedIn("dora").status()).isEqualTo(401);
        assertThat(node.part(Accounts.class).named("dora").grants()).isEmpty();
        provider.groups("dora", "ops");
        signedIn("dora");
        node.part(Accounts.class).disable("dora", "root");
        assertThat(signedIn("dora").status()).isEqualTo(401);

        assertThat(told("dora").stream().map(text -> text.replaceFirst("from [0-9.]+ ", "")))
                .containsExactly(
                        "user.added allowed by user:dora: null -> [admin]",
                        "user.grants-changed allowed by user:dora: [admin] -> [viewer:letters, operator:greet*]",
                        "user.grants-changed allowed by user:dora: [viewer:letters, operator:greet*] -> []",
                        "sign-in refused by nobody: null -> by the OpenID Connect provider: The provider knows you, but none of"
                                + " your groups has a right here. Ask an administrator.",
                        "user.grants-changed allowed by user:dora: [] -> [admin]",
                        "user.disabled allowed by user:root: null -> null",
                        "sign-in refused by nobody: null -> by the OpenID Connect provider: Your account is disabled. Ask an"
                                + " administrator.");
        assertThat(rows("dora"))
                .filteredOn(row -> row.action().equals("sign-in"))
                .extracting(AuditRow::via)
                .containsOnly("provider");
    }

    @Test
    void refusesWhomNoGroupGivesARight() {
        Visitor visitor = signedIn("nina");

        assertThat(visitor.status()).isEqualTo(401);
        assertThat(visitor.body()).contains("none of your groups has a right here");
        assertThat(visitor.open(at("/definitions")).status()).isEqualTo(303);
    }

    @Test
    void signsOutOfTheProviderToo() {
        Visitor visitor = signedIn("ann");
        visitor.submit(at("/sign-out"), Map.of());
        assertThat(visitor.next().toString())
                .startsWith(provider.issuer() + "/connect/logout?id_token_hint=ey")
                .contains("post_logout_redirect_uri=");

        visitor.follow();

        assertThat(visitor.here()).isEqualTo(at("/sign-in?out"));
        assertThat(visitor.open(at("/definitions")).status()).isEqualTo(303);
        visitor.open(theLink()).follow();
        assertThat(visitor.here().toString()).startsWith(provider.issuer() + "/login");
    }

    /** Login CSRF: a victim is to be signed in as the attacker. */
    @Test
    void refusesACodeThatAnotherBrowserAskedFor() {
        URI attackers = identified("ann").next();

        Visitor without = new Visitor().open(attackers);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.body()).contains("did not succeed");
        Visitor withOwnState = new Visitor().open(theLink());
        assertThat(withOwnState.open(attackers).status()).isEqualTo(401);
        assertThat(withOwnState.open(at("/definitions")).status()).isEqualTo(303);
    }

    @Test
    void refusesACodeThatWasUsed() {
        Visitor visitor = identified("ann");
        URI back = visitor.next();
        assertThat(visitor.open(back).status()).isEqualTo(303);

        assertThat(new Visitor().open(back).status()).isEqualTo(401);
        assertThat(visitor.open(back).status()).isEqualTo(401);
    }

    @Test
    void refusesAnInventedCodeAndAnErrorOfTheProvider() {
        Visitor visitor = new Visitor().open(theLink());
        String state = visitor.next().getQuery().replaceAll(".*&state=([^&]+).*", "$1");
        assertThat(visitor.open(at("/sign-in/oidc?code=invented&state=" + state.replace("=", "%3D")))
                        .status())
                .isEqualTo(401);
        visitor = new Visitor().open(theLink());
        state = visitor.next().getQuery().replaceAll(".*&state=([^&]+).*", "$1");
        visitor.open(at("/sign-in/oidc?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state="
                + state.replace("=", "%3D")));
        assertThat(visitor.status()).isEqualTo(401);
        assertThat(visitor.body()).doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "/%09/evil.example",
                "javascript:alert(1)",
                "@evil.example",
                "/sign-out"
            })
    void leadsNowhereElseAfterTheSignIn(String to) {
        Visitor visitor = new Visitor()
                .open(at("/sign-in/with/oidc?to=" + java.net.URLEncoder.encode(to, StandardCharsets.UTF_8)))
                .follow();
        visitor.submit(URI.create(provider.issuer() + "/login"), Map.of("username", "ann", "password", "ann"))
                .follow();

        assertThat(visitor.here().getAuthority()).isEqualTo(at("/").getAuthority());
        assertThat(visitor.status()).isIn(200, 404);
    }

    @Test
    void sendsTheProviderTheAddressUnderThePrefixOfTheProxy() {
        Visitor visitor = new Visitor()
                .open(
                        theLink(),
                        "X-Forwarded-Host",
                        "orchestrator.example",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Prefix",
                        "/team/scoring");

        assertThat(URLDecoder.decode(visitor.next().getRawQuery(), StandardCharsets.UTF_8))
                .contains("redirect_uri=https://orchestrator.example/team/scoring/sign-in/oidc");
    }

    @Test
    void aProviderThatIsDownStopsNeitherTheStartNorPasswords() throws Exception {
        int port = URI.create(provider.issuer()).getPort();
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(free).isNotEqualTo(port);
        try (WebNode other = start("b", "http://127.0.0.1:" + free)) {
            URI link = URI.create(other.url() + "/sign-in/with/oidc");
            Visitor visitor = new Visitor().open(link);
            assertThat(visitor.status()).isEqualTo(503);
            assertThat(visitor.body()).contains("can&#39;t be reached", "password");
            assertThat(other.caller()
                            .get(
                                    "/api/v1/runs",
                                    "Authorization",
                                    "Bearer "
                                            + token(
                                                    provider.key(),
                                                    provider.claims().build()))
                            .status())
                    .isEqualTo(401);

            try (TestProvider late = TestProvider.start(free)) {
                late.allow(other.url());
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(new Visitor().open(link).next().toString())
                                        .startsWith(late.issuer()));
            }
        }
    }

    private static String token(RSAKey key, JWTClaimsSet claims) {
        return TestProvider.signed(key, claims);
    }

    private static Answer runs(String token) {
        return new Caller(URI.create(node.url())).get("/api/v1/definitions", "Authorization", "Bearer " + token);
    }

    @Test
    void takesABearerTokenThatTheProviderGaveToAProgram() throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString((TestProvider.CLIENT + ":" + TestProvider.SECRET.replace(" ", "+"))
                        .getBytes(StandardCharsets.UTF_8));
        String body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(provider.issuer() + "/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=profile"))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        Answer answer = runs(new JsonMapper().readTree(body).get("access_token").asString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("greetings", "letters").doesNotContain("hanging");
    }

    @Test
    void takesOnlyBearerTokensThatAreSignedCurrentAndForThisService() throws Exception {
        RSAKey key = provider.key();
        String valid = token(key, provider.claims().build());
        assertThat(runs(valid).status()).isEqualTo(200);

        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("none", new PlainJWT(provider.claims().build()).serialize());
        refused.put("stripped signature", valid.substring(0, valid.lastIndexOf('.') + 1));
        refused.put(
                "wrong audience",
                token(key, provider.claims().audience("another").build()));
        refused.put(
                "no audience",
                token(key, provider.claims().audience((String) null).build()));
        refused.put(
                "expired",
                token(
                        key,
                        provider.claims()
                                .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                                .build()));
        refused.put(
                "no expiry", token(key, provider.claims().expirationTime(null).build()));
        refused.put(
                "not yet valid",
                token(
                        key,
                        provider.claims()
                                .notBeforeTime(Date.from(Instant.now().plusSeconds(300)))
                                .build()));
        refused.put(
                "other issuer",
                token(key, provider.claims().issuer("https://evil.example").build()));
        refused.put("no issuer", token(key, provider.claims().issuer(null).build()));
        refused.put("id token", token(key, provider.claims().claim("nonce", "n").build()));
        refused.put("other key", token(TestProvider.newKey(), provider.claims().build()));
        refused.put(
                "other key by the same name",
                token(
                        new com.nimbusds.jose.jwk.gen.RSAKeyGenerator(2048)
                                .keyID(key.getKeyID())
                                .generate(),
                        provider.claims().build()));
        String[] parts = valid.split("\\.", -1);
        String more = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("finance-team", "ops");
        refused.put(
                "tampered",
                parts[0] + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(StandardCharsets.UTF_8))
                        + "." + parts[2]);
        SignedJWT hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                provider.claims().build());
        hmac.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        refused.put("public key as a secret", hmac.serialize());
        SignedJWT otherAlgorithm = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(key.getKeyID()).build(),
                provider.claims().build());
        otherAlgorithm.sign(new com.nimbusds.jose.crypto.RSASSASigner(key));
        refused.put("algorithm that is not allowed", otherAlgorithm.serialize());
        refused.put("own key inside", withOwnKey());
        refused.put("nothing", "eyJ..");

        refused.forEach((why, token) -> {
            Answer answer = runs(token);
            assertThat(answer.status()).as(why).isEqualTo(401);
            assertThat(answer.body()).as(why).doesNotContain("greetings", "evil", "Jwt", "JWT");
        });
    }

    private static String withOwnKey() throws Exception {
        RSAKey own = TestProvider.newKey();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                provider.claims().build());
        token.sign(new com.nimbusds.jose.crypto.RSASSASigner(own));
        return token.serialize();
    }

    /** Server-side request forgery: a token may name the address of its own key. */
    @Test
    void callsNoAddressThatABearerTokenNames() throws Exception {
        try (ServerSocket own = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + own.getLocalPort() + "/keys");
            RSAKey key = TestProvider.newKey();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .jwkURL(address)
                            .x509CertURL(address)
                            .jwk(key.toPublicJWK())
                            .build(),
                    provider.claims().issuer(address.toString()).build());
            token.sign(new RSASSASigner(key));

            assertThat(runs(token.serialize()).status()).isEqualTo(401);
            own.setSoTimeout(500);
            assertThatThrownBy(own::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aBearerTokenWithoutAGroupThatHasGrantsMayDoNothing() {
        for (Object groups : List.of(List.of("others"), "others", 1, Map.of("finance-team", true), List.of())) {
            Answer answer = runs(token(
                    provider.key(), provider.claims().claim("groups", groups).build()));
            assertThat(answer.status()).as(groups.toString()).isEqualTo(403);
        }
    }

    @Test
    void takesTokensOfANewKeyAndRefusesThoseOfTheOldOneAfterTheKeysWereReplaced() {
        RSAKey old = provider.key();
        assertThat(runs(token(old, provider.claims().build())).status()).isEqualTo(200);

        provider.rotate();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                runs(token(provider.key(), provider.claims().build()))
                                        .status())
                        .isEqualTo(200));
        assertThat(runs(token(old, provider.claims().build())).status()).isEqualTo(401);
    }
}
