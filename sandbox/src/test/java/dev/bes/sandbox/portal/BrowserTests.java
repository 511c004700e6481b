package dev.bes.sandbox.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser. It leaves pictures of them in {@code target/screenshots}. */
@Tag("slow")
class BrowserTests {

    private static final String OPERATIONS = "/portal/apis/azureml-demo/operations/";
    private static final String SERVICE = "/portal/services/c0000000000000000000000000000001";
    private static final List<String> PAGES = List.of(
            "/portal/apis",
            OPERATIONS + "rrs-execute",
            OPERATIONS + "bes-submit",
            "/portal/dashboard",
            "/portal/services",
            "/portal/subscriptions",
            SERVICE,
            SERVICE + "/test",
            "/portal/none");

    private static Sandbox sandbox;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        sandbox = Sandbox.start(SharedStore.options());
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            sandbox.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesAJobFromSubmitToDeleteWithAndWithoutScript(boolean script) {
        try (BrowserContext context = context(new NewContextOptions().setJavaScriptEnabled(script))) {
            Page page = open(context, OPERATIONS + "rrs-execute");
            page.locator("#subscription").selectOption("unlimited");
            send(page, "200 OK");
            assertThat(page.locator("#answer")).containsText("Col2_HashingFeature.0");

            page.getByRole(AriaRole.LINK, named("BES Submit")).click();
            send(page, "200 OK");
            picture(page, "answer" + (script ? "" : "-no-script"));
            for (String operation : List.of("BES Start", "BES Status", "BES Delete")) {
                page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Operations"))
                        .getByText(operation)
                        .click();
                send(page, operation.equals("BES Status") ? "200 OK" : "204 No Content");
            }
        }
    }

    @Test
    void sendsByKeyboardAloneAndUpdatesTheSamplesWhileTyping() {
        try (BrowserContext context = context(new NewContextOptions())) {
            Page page = open(context, OPERATIONS + "rrs-execute");
            page.keyboard().press("Tab");
            assertThat(page.getByText("Skip to content")).isFocused();
            page.getByLabel("details").focus();
            page.keyboard().press("Control+A");
            page.keyboard().type("false");
            assertThat(page.locator(".tab-CURL pre")).containsText("details=false");
            page.keyboard().press("Enter");
            assertThat(page.locator("#answer .answer-line")).containsText("200 OK");
            page.locator("#tab-CURL").focus();
            page.keyboard().press("ArrowRight");
            assertThat(page.locator(".tab-PYTHON")).isVisible();
            assertThat(page.locator(".tab-CURL")).isHidden();
        }
    }

    @Test
    void testsAServiceByItsForm() {
        try (BrowserContext context = context(new NewContextOptions())) {
            Page page = open(context, SERVICE);
            page.locator("#test").click();
            page.locator("#run").click();
            assertThat(page.locator("#result")).containsText("Col2_HashingFeature.7");
            picture(page, "test-result");
            page.getByLabel("Hashing bitsize").fill("many");
            page.locator("#run").click();
            assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("refused")))
                    .isVisible();
        }
    }

    @Test
    void showsNewCallsOnTheDashboardAndKeepsWhatTheVisitorHasOpened() {
        try (BrowserContext context = context(new NewContextOptions())) {
            Page dashboard = open(context, "/portal/dashboard?range=PT5M");
            Locator calls = dashboard.locator(".figures.box strong");
            int before = Integer.parseInt(calls.textContent());
            dashboard.locator("#times-summary").click();

            Page portal = open(context, OPERATIONS + "rrs-execute");
            portal.locator("#subscription").selectOption("unlimited");
            send(portal, "200 OK");

            assertThat(calls).hasText(String.valueOf(before + 1));
            assertThat(dashboard.locator("#times")).hasAttribute("open", "");
            assertThat(dashboard.locator("#times-summary")).isFocused();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void fitsAndLoadsWithoutErrorAndNamesEachField(int width, ColorScheme scheme) {
        NewContextOptions options =
                new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
        try (BrowserContext context = context(options)) {
            for (String path : PAGES) {
                List<String> errors = new ArrayList<>();
                Page page = context.newPage();
                page.onConsoleMessage(message -> {
                    if (message.type().equals("error") && !message.text().contains("404")) {
                        errors.add(message.text());
                    }
                });
                page.navigate(sandbox.directUrl() + path);
                picture(page, path.substring("/portal/".length()).replace('/', '-') + "-" + width + "-" + scheme);

                assertThat(errors).as(path).isEmpty();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as("%s fits into %d pixels", path, width)
                        .isEqualTo(true);
                assertThat(page.evaluate("[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                                + ".filter(it => it.labels.length === 0).map(it => it.name)"))
                        .as("fields of %s without a label", path)
                        .isEqualTo(List.of());
                page.close();
            }
        }
    }

    private static void send(Page page, String status) {
        page.locator("#send").click();
        assertThat(page.locator("#answer .answer-line")).containsText(status);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(sandbox.directUrl() + path);
        return page;
    }

    private static BrowserContext context(NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        context.setDefaultTimeout(20_000);
        return context;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name.toLowerCase(Locale.ROOT) + ".png")));
    }
}
