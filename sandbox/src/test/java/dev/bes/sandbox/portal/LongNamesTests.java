package dev.bes.sandbox.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import dev.bes.sandbox.SampleClient;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The pages in a real browser, with names that are long or look like markup, jobs in each state, and calls that failed. */
@Tag("slow")
class LongNamesTests {

    private static final String SERVICES = "/portal/services/";
    private static final String LONG = SERVICES + "c0000000000000000000000000000001";
    private static final String HANGS = SERVICES + "c0000000000000000000000000000004";
    private static final String EXECUTE = "/portal/apis/azureml-demo/operations/rrs-execute";

    private static Sandbox sandbox;
    private static Chromium chromium;
    private static final Map<String, String> pages = new LinkedHashMap<>();
    private static final List<String> errors = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        sandbox = Sandbox.start(SharedStore.options()
                .withServices(Path.of("src/test/resources/long-names.yaml"))
                .withMaxConcurrentJobs(1));
        pages.putAll(Map.of(
                "operation",
                EXECUTE,
                "services",
                "/portal/services",
                "service",
                LONG,
                "test",
                LONG + "/test",
                "busy-service",
                HANGS,
                "subscriptions",
                "/portal/subscriptions",
                "dashboard",
                "/portal/dashboard?range=PT5M"));
        makeJobs();
        makeSubscriptions();
        makeCalls();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "400, DARK"})
    void pagesFitAndNoNameIsMarkup(int width, ColorScheme scheme) {
        try (BrowserContext context =
                context(new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
            pages.forEach((name, path) -> {
                Page page = open(context, path);
                page.screenshot(new ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of(
                                "target",
                                "screenshots",
                                "long-%s-%d-%s.png"
                                        .formatted(name, width, scheme)
                                        .toLowerCase(Locale.ROOT))));

                assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as("%s fits into %d pixels", path, width)
                        .isEqualTo(true);
                assertThat(page.evaluate("[...document.querySelectorAll('.panel, .box, h1, dd, label, legend')]"
                                + ".filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0)"
                                + ".map(it => it.textContent.slice(0, 60))"))
                        .as("%s holds all its texts at %d pixels", path, width)
                        .isEqualTo(List.of());
                if (width > 1000) {
                    assertThat(
                                    page.evaluate(
                                            "[...document.querySelectorAll('.scroll')]"
                                                    + ".filter(it => it.scrollWidth > it.clientWidth).map(it => it.textContent.length)"))
                            .as("%s shows all columns of its tables", path)
                            .isEqualTo(List.of());
                }
                page.close();
            });
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void aVisitorCallsWithASubscriptionOfHisOwnThatAnAdministratorHasApproved() {
        try (BrowserContext context = context(new NewContextOptions())) {
            Page page = open(context, EXECUTE);
            page.locator("#user").selectOption(new SelectOption().setLabel("<i>Ada</i> Lovelace (ada@example.com)"));
            assertThat(page.locator("#subscription option")).hasText(new String[] {"<b>mine</b>", "none: send no key"});
            assertThat(page.locator(".tab-CURL pre")).not().containsText(key("starter"));
            send(page);
            // the service knows no input of the example: its key and that of the subscription were right
            assertThat(page.locator("#answer")).containsText("InvalidInputNames");

            page.navigate(sandbox.directUrl() + pages.get("submitted-subscription"));
            page.getByText("Approve").click();
            assertThat(page.locator(".state")).hasText("active");
            page.getByText("Show keys").click();
            String before = page.locator("#primary-key").textContent();
            page.getByText("Regenerate primary key").click();
            page.getByText("Show keys").click();
            assertThat(page.locator("#primary-key")).not().hasText(before);
            page.getByText("Suspend").click();
            assertThat(page.locator(".state")).hasText("suspended");
        }
        assertThat(errors).isEmpty();
    }

    private static void send(Page page) {
        page.locator("#send").click();
    }

    private static String key(String sid) {
        return sandbox.subscription(sid).primaryKey();
    }

    /** One job in each state, and one that waits in the queue. */
    private static void makeJobs() {
        SharedStore.put("long/in.csv", "Col2\nThis is a good day\n");
        SampleClient named = client(0);
        String finished = named.submit(body("long/in.csv", "Col2"));
        String failed = named.submit(body("long/in.csv", "<script>alert(2)</script> ".repeat(12)));
        String cancelled = named.submit(body("long/in.csv", "Col2"));
        named.start(finished);
        named.start(failed);
        named.delete(cancelled);
        await().until(() ->
                named.state(finished).equals("Finished") && named.state(failed).equals("Failed"));
        SampleClient hanging = client(1);
        List<String> jobs = List.of(
                hanging.submit(SampleClient.body("long/in.csv", "long/out.csv")),
                hanging.submit(SampleClient.body("long/in.csv", "long/out.csv")));
        jobs.forEach(hanging::start);
        pages.put("finished", LONG + "/jobs/" + finished);
        pages.put("failed", LONG + "/jobs/" + failed);
        pages.put("cancelled", LONG + "/jobs/" + cancelled);
        pages.put("not-started", LONG + "/jobs/" + named.submit(body("long/in.csv", "Col2")));
        pages.put("running", HANGS + "/jobs/" + jobs.getFirst());
        pages.put("waiting", HANGS + "/jobs/" + jobs.getLast());
    }

    private static SampleClient client(int service) {
        return new SampleClient(
                sandbox.directUrl(),
                sandbox.services().get(service).path(),
                sandbox.services().get(service).apiKey());
    }

    private static String body(String input, String column) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "Inputs",
                        Map.of("a_very_long_name_of_an_input_that_does_not_break_at_all", SampleClient.byKey(input)),
                        "Outputs",
                        Map.of(
                                "a_very_long_name_of_an_output_that_does_not_break_at_all",
                                SampleClient.byKey("long/" + "a-very-long-folder/".repeat(6) + "<b>&.csv")),
                        "GlobalParameters",
                        Map.of("Target column", column)));
    }

    private static void makeSubscriptions() {
        Browse browse = new Browse(sandbox.directUrl());
        String ada = location(
                        browse,
                        "/portal/users",
                        Map.of("firstName", "<i>Ada</i>", "lastName", "Lovelace", "email", "ada@example.com"))
                .replaceFirst(".*user=", "");
        pages.put(
                "active-subscription",
                location(
                        browse,
                        "/portal/subscriptions",
                        Map.of("user", ada, "product", "starter", "name", "<b>mine</b>")));
        pages.put(
                "submitted-subscription",
                location(
                        browse,
                        "/portal/subscriptions",
                        Map.of("user", ada, "product", "unlimited", "name", "<img src=x onerror=alert(3)>".repeat(3))));
    }

    private static String location(Browse browse, String path, Map<String, String> form) {
        return browse.post(path, form).headers().firstValue("Location").orElseThrow();
    }

    /** Calls that succeed, that a limit and a missing key block, and that fail. */
    private static void makeCalls() {
        SampleClient none = new SampleClient(
                sandbox.managedUrl(), sandbox.services().getFirst().path(), "wrong");
        SampleClient starter = new SampleClient(
                        sandbox.managedUrl(),
                        sandbox.services().getFirst().path(),
                        sandbox.services().getFirst().apiKey())
                .with("Ocp-Apim-Subscription-Key", key("starter"));
        for (int i = 0; i < 8; i++) {
            starter.call("GET", "/jobs/none?api-version=2.0", "");
        }
        none.call("GET", "/jobs/none?api-version=2.0", "");
        none.call("GET", "/nowhere", "");
    }

    private static Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(path + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            errors.add(path + " opens a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onResponse(response -> {
            if (response.status() >= 400) {
                errors.add(path + ": " + response.status() + " " + response.url());
            }
        });
        page.navigate(sandbox.directUrl() + path);
        return page;
    }

    private static BrowserContext context(NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        context.setDefaultTimeout(20_000);
        return context;
    }
}
