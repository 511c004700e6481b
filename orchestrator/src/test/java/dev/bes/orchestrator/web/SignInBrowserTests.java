package dev.bes.orchestrator.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import dev.bes.orchestrator.Precondition;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in in a real browser, as a newcomer does it. It leaves pictures in {@code target/screenshots}. */
@Tag("slow")
class SignInBrowserTests {
    private static final String PASSWORD = "four plain words here";

    @TempDir
    Path folder;

    @Test
    void signsInChangesTheOneTimePasswordRunsMakesAKeyAddsAUserAndSignsOut() {
        Optional<Path> chromium = Stream.of(System.getenv("PATH").split(":", -1))
                .map(entry -> Path.of(entry, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        Precondition.BROWSER.require(chromium.isPresent());
        Playwright.CreateOptions offline =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        LaunchOptions installed =
                new LaunchOptions().setExecutablePath(chromium.orElseThrow()).setArgs(List.of("--no-sandbox"));
        try (WebNode node = WebNode.start(
                        folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
                Playwright playwright = Playwright.create(offline);
                BrowserContext context = playwright
                        .chromium()
                        .launch(installed)
                        .newContext(new NewContextOptions().setViewportSize(1280, 800))) {
            List<String> errors = new ArrayList<>();
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("40")) {
                    errors.add(message.text());
                }
            });
            String oneTime =
                    node.part(Accounts.class).resetPassword("admin", "test").password();
            signIn(page, node, oneTime);
            choosePassword(page, oneTime);
            useAsAdministrator(page, node);
            endSessionWhileAPageUpdatesItself(page, node);
            assertThat(errors).isEmpty();
        }
    }

    private static void signIn(Page page, WebNode node, String oneTime) {
        page.navigate(node.url() + "/definitions");
        assertThat(page).hasTitle(Pattern.compile("Sign in.*"));
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill("not the password");
        picture(page, "sign-in");
        page.locator("#sign-in").click();
        assertThat(page.locator(".form-error")).hasText("The name or the password is not correct.");
        picture(page, "sign-in-refused");
        assertThat(page.getByLabel("Name")).hasValue("admin");
        assertThat(page.getByLabel("Password")).isFocused();
        assertThat(page).hasURL(Pattern.compile(".*/sign-in"));
        page.getByLabel("Password").fill(oneTime);
        page.keyboard().press("Enter");
        assertThat(page.locator("#must-change")).isVisible();
    }

    private static void choosePassword(Page page, String oneTime) {
        picture(page, "one-time-password");
        page.locator("#current").fill(oneTime);
        page.locator("#chosen").fill(PASSWORD);
        page.locator("#again").fill(PASSWORD);
        page.locator("#change-password").click();
        assertThat(page.locator(".good-box")).isVisible();
        picture(page, "account");
    }

    private static void useAsAdministrator(Page page, WebNode node) {
        page.navigate(node.url() + "/definitions");
        page.locator("#greetings summary.button").click();
        page.locator("#greetings form button.primary").click();
        assertThat(page.locator("h1")).containsText("Run #");
        assertThat(page.locator("table.history")).containsText("request:admin");
        page.navigate(node.url() + "/keys");
        page.locator("summary").click();
        page.locator("#name").fill("nightly");
        picture(page, "keys-form");
        page.locator("#make-key").click();
        assertThat(page.locator("#new-key")).containsText("bes_");
        picture(page, "keys");
        page.navigate(node.url() + "/users");
        page.locator("summary").click();
        page.locator("#name").fill("alice");
        page.locator("#grants").fill("operator:finance-*, viewer");
        page.locator("#add-user").click();
        assertThat(page.locator("#one-time-password")).isVisible();
        picture(page, "users");
        page.navigate(node.url() + "/");
        picture(page, "runs-signed-in");
        page.locator("#sign-out").click();
        assertThat(page.getByText("You have signed out.")).isVisible();
        picture(page, "signed-out");
    }

    /** The update of the page leads the whole page to the sign-in, and back to where it was. */
    private static void endSessionWhileAPageUpdatesItself(Page page, WebNode node) {
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("#sign-in").click();
        page.navigate(node.url() + "/?state=Failed");
        Accounts accounts = node.part(Accounts.class);
        accounts.signOutEverywhere(accounts.named("admin").id(), "test");
        page.waitForURL(Pattern.compile(".*/sign-in\\?to=.*Failed"));
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("#sign-in").click();
        page.waitForURL(Pattern.compile(".*/\\?state=Failed"));
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
