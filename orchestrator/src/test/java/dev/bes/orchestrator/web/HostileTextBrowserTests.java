package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.Precondition;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.ExternalAccounts;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Text from outside that would be a script, an image or a link, on every page, in a real browser: it is shown as it was typed, and nothing else happens. */
@Tag("slow")
class HostileTextBrowserTests {
    private static final String IMAGE = "\"><img src=/injected onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static Playwright playwright;
    private static BrowserContext context;
    private static String key;
    private static long run;
    private static long waiting;

    /** A text that says where it came from. */
    private static String hostile(String from) {
        return from + " <script>alert(1)</script>" + IMAGE + "' javascript:alert(1) [[${7*7}]]";
    }

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of(System.getenv("PATH").split(":", -1))
                .map(entry -> Path.of(entry, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        Precondition.BROWSER.require(chromium.isPresent());
        new JobFolder(folder).write("definitions/hostile.yaml", """
                name: hostile
                description: '%s'
                endpoint: always-fails
                inputs:
                  input1: { columns: [text] }
                outputs:
                  output1: { rows: same }
                parameters:
                  Target column: "${request.column}"
                  Hashing bitsize: "${request.bits:-3}"
                triggers: {}
                delivery:
                  folder: hostile/${run.id}
                attempts: { max: 1, backoff: 1s }
                """.formatted(
                        hostile("description").replace("'", "''")));
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        signInAndFill();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        context = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")))
                .newContext(new NewContextOptions().setExtraHTTPHeaders(Map.of("Authorization", key)));
    }

    @AfterAll
    static void stop() {
        if (context != null) {
            context.close();
            playwright.close();
        }
        if (node != null) {
            node.close();
        }
    }

    /** A user of a provider with such a name and such a key, and rows with such texts wherever a caller, a file or the far side can put one. */
    private static void signInAndFill() {
        Account user = node.part(ExternalAccounts.class)
                .signedIn("issuer subject", hostile("user"), List.of(Grant.everywhere(Role.ADMIN)));
        key = "Bearer "
                + node.part(ApiKeys.class)
                        .create(user.access(), hostile("key"), List.of("admin"), null)
                        .text();
        String file = "file <script>alert(1)<script>'><img src=injected onerror=alert(1)>.csv";
        run = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("hostile")
                                .with("parameters.column", hostile("parameter"))
                                .file("input1", file, WebNode.csv("a")),
                        "Authorization",
                        key,
                        "Idempotency-Key",
                        "key<script>alert(1)</script>'><img/src=/injected/onerror=alert(1)>")
                .json()
                .get("id")
                .asLong();
        waiting = node.caller()
                .post("/api/v1/runs", "{\"definition\":\"hanging\"}", "Authorization", key)
                .json()
                .get("id")
                .asLong();
        JdbcClient jdbc = node.part(JdbcClient.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT count(*) FROM run WHERE id = ? AND ended_at IS NOT NULL")
                                .param(run)
                                .query(Long.class)
                                .single()
                        == 1);
        // what the far side said
        jdbc.sql("UPDATE scoring SET cause = ? WHERE run_id = ?")
                .params(hostile("scoring"), run)
                .update();
        jdbc.sql("UPDATE run SET cause = ? WHERE id = ?")
                .params(hostile("cause"), run)
                .update();
        jdbc.sql("INSERT INTO history (run_id, seq, from_state, to_state, cause, remote_word, node, actor)"
                        + " SELECT id, 99, state, state, ?, ?, 'n', 'user:' || ? FROM run WHERE id = ?")
                .params(hostile("entry"), hostile("word"), hostile("actor"), waiting)
                .update();
        jdbc.sql("UPDATE scoring SET attention = 'forgotten', cause = ?, owner = NULL, due_at = 'infinity',"
                        + " epoch = epoch + 1 WHERE run_id = ?")
                .params(hostile("attention"), waiting)
                .update();
        node.part(AuditLog.class)
                .allowed(
                        Action.USER_ADDED,
                        hostile("audit-actor"),
                        hostile("audit-object"),
                        null,
                        hostile("audit-before"),
                        hostile("audit-after"));
        assertThat(node.caller()
                        .post(
                                "/api/v1/schedules/greetings/nightly/pause",
                                "{\"reason\":\"" + hostile("reason").replace("\"", "\\\"") + "\"}",
                                "Authorization",
                                key)
                        .status())
                .isEqualTo(200);
    }

    /** The pages, each with what it shows. */
    private static Map<String, List<String>> pages() {
        String typed = URLEncoder.encode(hostile("typed"), StandardCharsets.UTF_8);
        Map<String, List<String>> pages = new LinkedHashMap<>();
        // the list shows how a cause begins
        pages.put("/", List.of(hostile("user"), hostile("key"), hostile("cause").substring(0, 80)));
        pages.put("/?definition=" + typed, List.of());
        pages.put("/?state=" + typed, List.of());
        pages.put(
                "/runs/" + run,
                List.of(hostile("parameter"), "file ", "key<script>", hostile("scoring"), hostile("cause")));
        pages.put(
                "/runs/" + waiting, List.of(hostile("attention"), hostile("entry"), hostile("word"), hostile("actor")));
        pages.put("/runs/" + typed, List.of());
        pages.put("/definitions", List.of(hostile("description"), hostile("reason")));
        pages.put("/attention", List.of(hostile("attention"), hostile("cause")));
        pages.put("/explain?run=" + waiting, List.of(hostile("attention")));
        pages.put("/explain?definition=greetings", List.of(hostile("reason")));
        pages.put("/explain?file=" + typed, List.of(hostile("typed")));
        pages.put("/explain?at=" + typed, List.of());
        pages.put("/keys", List.of(hostile("key"), hostile("user")));
        pages.put("/users", List.of(hostile("user")));
        pages.put("/account", List.of(hostile("user")));
        pages.put(
                "/audit",
                List.of(
                        hostile("audit-actor"),
                        hostile("audit-object"),
                        hostile("audit-before"),
                        hostile("audit-after"),
                        hostile("reason")));
        pages.put("/audit?actor=" + typed + "&object=" + typed + "&definition=" + typed, List.of());
        pages.put("/audit?action=" + typed, List.of());
        pages.put("/sign-in?to=" + typed, List.of());
        pages.put("/docs/problems", List.of());
        pages.put("/docs/api", List.of());
        pages.put("/no-such-page/" + typed.replace("+", "%20").replace("%2F", "-"), List.of());
        return pages;
    }

    @TestFactory
    Stream<DynamicTest> showsTextFromOutsideAsItWasTyped() {
        return pages().entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.getKey().substring(0, Math.min(40, page.getKey().length())),
                        () -> showsAsTyped(page.getKey(), page.getValue())));
    }

    /** Wide tables scroll by themselves, and long texts wrap: the page stays in its place under a thumb. */
    @TestFactory
    Stream<DynamicTest> fitsANarrowScreen() {
        return Stream.concat(
                        pages().keySet().stream(),
                        Stream.of("/schedules", "/schedules/simulation", "/files", "/pools", "/callbacks"))
                .map(path -> DynamicTest.dynamicTest(
                        path.substring(0, Math.min(40, path.length())), () -> fitsANarrowScreen(path)));
    }

    private static void fitsANarrowScreen(String path) {
        try (Page page = context.newPage()) {
            page.setViewportSize(400, 800);
            page.navigate(node.url() + path);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
                    .as(() -> "width, made by " + page.evaluate("""
                            () => [...document.querySelectorAll("main *, header *, footer *")]
                                .filter(it => it.getBoundingClientRect().right > 400 && !it.closest(".scroll, pre"))
                                .slice(0, 5).map(it => it.outerHTML.substring(0, 120)).join("\n")"""))
                    .isEqualTo(400);
        }
    }

    private static void showsAsTyped(String path, List<String> texts) {
        List<String> happened = new ArrayList<>();
        try (Page page = context.newPage()) {
            page.onDialog(dialog -> {
                happened.add("dialog " + dialog.message());
                dialog.dismiss();
            });
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    happened.add(message.text());
                }
            });
            page.onRequest(request -> {
                URI to = URI.create(request.url());
                if (to.getPath().endsWith("injected") || !node.url().endsWith(to.getAuthority())) {
                    happened.add("request " + request.url());
                }
            });
            page.navigate(node.url() + path);
            Object elements = page.evaluate("""
                    () => [...document.querySelectorAll(
                        "img:not([src^='/favicon']), script:not([src]), iframe, [onerror], [onload], [href^='javascript:']")]
                        .map(it => it.outerHTML).join()""");
            assertThat(elements).as("elements that text has made").isEqualTo("");
            Object shown = page.evaluate("() => document.body.textContent");
            assertThat(texts)
                    .allSatisfy(text -> assertThat(String.valueOf(shown).replaceAll("\\s+", " "))
                            .contains(text));
        }
        assertThat(happened).isEmpty();
    }
}
