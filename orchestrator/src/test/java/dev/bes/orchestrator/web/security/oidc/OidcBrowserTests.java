package dev.bes.orchestrator.web.security.oidc;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import dev.bes.orchestrator.Precondition;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.WebNode;
import dev.bes.orchestrator.web.guard.ReverseProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in by a provider of another site in a real browser, with and without a proxy. It leaves pictures in {@code target/screenshots}. */
@Tag("slow")
class OidcBrowserTests {
    @TempDir
    static Path folder;

    private static TestProvider provider;
    private static WebNode node;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of(System.getenv("PATH").split(":", -1))
                .map(entry -> Path.of(entry, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        Precondition.BROWSER.require(chromium.isPresent());
        provider = TestProvider.start(0);
        node = WebNode.start(folder, TestEnvironment.newDatabase(), OidcTests.settings(provider.issuer()));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable part : Stream.of(browser, playwright, node, provider)
                .filter(Objects::nonNull)
                .toList()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void signsInShowsWhatTheGroupsMaySeeAndSignsOutOfTheProviderToo() {
        walk(node.url().replace("127.0.0.1", "localhost"), "oidc");
    }

    @Test
    void doesTheSameUnderAPathBehindAReverseProxy() throws IOException {
        try (ReverseProxy proxy = ReverseProxy.before(URI.create(node.url()), "/team/scoring")) {
            walk(proxy.url().toString(), "oidc-proxy");
        }
    }

    private static void walk(String site, String pictures) {
        provider.allow(site);
        try (BrowserContext context = browser.newContext(new NewContextOptions().setViewportSize(1280, 800))) {
            List<String> errors = new ArrayList<>();
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("favicon")) {
                    errors.add(message.text());
                }
            });
            page.navigate(site + "/definitions");
            assertThat(page).hasTitle(Pattern.compile("Sign in.*"));
            picture(page, pictures + "-sign-in");
            page.getByText("Sign in with Example").click();
            page.waitForURL(Pattern.compile(Pattern.quote(provider.issuer()) + "/login.*"));
            page.locator("input[name=username]").fill("ann");
            page.locator("input[name=password]").fill("ann");
            page.locator("button[type=submit]").click();

            page.waitForURL(site + "/definitions");
            assertThat(page.locator("#sign-out")).isVisible();
            assertThat(page.locator("body")).containsText("ann");
            assertThat(page.locator("#greetings")).isVisible();
            assertThat(page.locator("#hanging")).hasCount(0);
            picture(page, pictures + "-definitions");
            page.locator("#greetings summary.button").click();
            page.locator("#greetings form button.primary").click();
            assertThat(page.locator("h1")).containsText("Run #");
            assertThat(page.url()).startsWith(site + "/runs/");
            assertThat(page.locator("table.history")).containsText("request:ann");
            picture(page, pictures + "-run");
            String links = String.valueOf(page.evaluate("fetch('" + site
                    + "/api/v1/runs', {headers: {Accept: 'application/json'}}).then(answer => answer.text())"));
            assertThat(links).contains(URI.create(site).getPath() + "/api/v1/runs/");

            page.locator("#sign-out").click();
            assertThat(page.getByText("You have signed out.")).isVisible();
            assertThat(page.url()).startsWith(site + "/sign-in");
            picture(page, pictures + "-signed-out");
            page.getByText("Sign in with Example").click();
            page.waitForURL(Pattern.compile(Pattern.quote(provider.issuer()) + "/login.*"));
            assertThat(errors).isEmpty();
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
