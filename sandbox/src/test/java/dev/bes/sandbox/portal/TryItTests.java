package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.journal.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the operations, and the calls that their forms make. */
class TryItTests {

    private static final String OPERATIONS = "/portal/apis/azureml-demo/operations/";
    private static final Pattern FIELD = Pattern.compile("name=\"(p\\.[^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern AREA = Pattern.compile("<textarea id=\"(\\w+)\"[^>]*>([^<]*)</textarea>");
    private static final Pattern ANSWER = Pattern.compile("aria-label=\"Body of the answer\"><code>([^<]*)</code>");

    private static Sandbox sandbox;
    private static Browse browse;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        browse = new Browse(sandbox.directUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void callsAllFiveOperationsAsTheirFormsArePrefilled() {
        assertThat(send("rrs-execute", form("rrs-execute", "")))
                .contains("200 OK", "&quot;ColumnTypes&quot;", "Col2_HashingFeature.7");

        String submitted = send("bes-submit", form("bes-submit", ""));
        String id = answer(submitted).replace("&quot;", "");
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(submitted).contains("200 OK", "jobid=" + id, "Next:");

        String job = "?jobid=" + id;
        assertThat(send("bes-start", form("bes-start", job))).contains("204 No Content", "has no body");
        await().untilAsserted(() -> assertThat(answer(send("bes-status", form("bes-status", job))))
                .contains("&quot;StatusCode&quot;: &quot;Finished&quot;", "&quot;SasBlobToken&quot;"));
        assertThat(send("bes-delete", form("bes-delete", job))).contains("204 No Content");
        assertThat(SharedStore.get("samples/output.csv")).contains("This is a good day");
    }

    @Test
    void prefillsTheNewestJob() {
        String id = answer(send("bes-submit", form("bes-submit", ""))).replace("&quot;", "");

        assertThat(form("bes-status", "")).containsEntry("p.jobid", id);
    }

    @Test
    void isCountedAndLimitedLikeAnyCallAndHidesTheKey() {
        Map<String, String> starter = form("bes-status", "?jobid=" + "0".repeat(32));
        starter.put("subscription", "starter");
        String last = "";
        for (int i = 0; i < 6; i++) {
            last = send("bes-status", starter);
        }

        assertThat(last).contains("429 Too Many Requests", "Retry-After: ", "Rate limit is exceeded.");
        String key = sandbox.subscription("starter").primaryKey();
        String calls = sandbox.journal().entries().stream()
                .map(JournalEntry::toString)
                .filter(entry -> entry.contains("starter"))
                .reduce("", String::concat);
        assertThat(calls).contains("status=429").doesNotContain(key);
    }

    @ParameterizedTest
    @CsvSource({"'', 401 Unauthorized", "unlimited, 200 OK"})
    void sendsTheKeyOfTheChosenSubscription(String sid, String status) {
        Map<String, String> form = form("rrs-execute", "");
        form.put("subscription", sid);

        assertThat(send("rrs-execute", form)).contains(status);
    }

    @Test
    void offersTheActiveSubscriptionsOfTheUserThatTheVisitorSaysHeIs() {
        assertThat(offered("")).containsExactly("starter", "unlimited");
        assertThat(offered("?user=1")).isEmpty();

        String user = browse.post(
                        "/portal/users", Map.of("firstName", "Ada", "lastName", "<b>L", "email", "ada@example.com"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*user=", "");
        assertThat(offered("?user=" + user)).isEmpty();
        String own = browse.post(
                        "/portal/subscriptions", Map.of("user", user, "product", "starter", "name", "Ada's <i>"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*/", "");

        assertThat(offered("?user=" + user)).containsExactly(own);
        Map<String, String> form = form("rrs-execute", "");
        form.put("user", user);
        form.put("subscription", own);
        assertThat(send("rrs-execute", form))
                .contains("200 OK", "user=" + user, "Ada &lt;b&gt;L")
                .doesNotContain("<b>L");
        form.put("user", "demo");
        assertThat(send("rrs-execute", form)).contains("no such active subscription");
    }

    @ParameterizedTest
    @CsvSource({"send, outcome", "show, live", "pick, key"})
    void givesAScriptThePartOfThePageThatItAskedFor(String action, String id) {
        Map<String, String> form = form("rrs-execute", "");
        form.put("do", action);

        String part = browse.post(OPERATIONS + "rrs-execute", form, Map.of("HX-Request", "true"))
                .body();

        assertThat(part.strip())
                .matches("(?s)<(div|section)[^>]* id=\"" + id + "\".*</\\1>")
                .doesNotContain("<html", "</form>");
        assertThat(browse.post(OPERATIONS + "rrs-execute", form).body())
                .contains("id=\"" + id + "\"", "<html", "</form>");
    }

    @Test
    void showsSamplesThatFollowTheFormWithoutACall() {
        Map<String, String> form = form("rrs-execute", "");
        form.put("subscription", "unlimited");
        form.put("body", "{\"a'</code><script>\": 1}");
        form.put("headers", "X-Mine: 7");
        form.put("language", "PYTHON");
        form.put("do", "show");

        String page = browse.post(OPERATIONS + "rrs-execute", form).body();

        assertThat(page)
                .contains(
                        "X-Mine",
                        sandbox.subscription("unlimited").primaryKey(),
                        "sample.py",
                        "Sample.java",
                        "Sample.cs")
                .contains("id=\"tab-PYTHON\" value=\"PYTHON\" checked=\"checked\"")
                .doesNotContain("</code><script>", "id=\"answer\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "//127.0.0.1:1/",
                "../../../../_sandbox/journal",
                "x/../../y",
                "a?b#c",
                "é\u0000"
            })
    void callsNoOtherAddressWhateverAParameterSays(String value) {
        Map<String, String> form = form("bes-status", "");
        form.put("p.workspace", value);

        String page = send("bes-status", form);

        assertThat(page)
                .contains("<code>" + sandbox.managedUrl() + "/workspaces/")
                .containsPattern("40[04] ");
        assertThat(page).doesNotContain("<code>" + sandbox.managedUrl() + "/workspaces/" + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "headers | Authorization | Line 1 of the headers is no header",
                "headers | : x | Line 1 of the headers is no header",
                "headers | a b: x | no name of a header",
                "headers | Ocp-Apim-Subscription-Key: mine | repeats Ocp-Apim-Subscription-Key",
                "headers | X: é | visible ASCII",
                "subscription | nobody | no such active subscription",
                "subscription | suspended | no such active subscription",
                "user | 1 | no such active subscription",
                "user | nobody | no such active subscription"
            })
    void saysWhatIsWrongWithTheForm(String field, String value, String mistake) {
        Map<String, String> form = form("rrs-execute", "");
        form.put(field, value);

        assertThat(send("rrs-execute", form))
                .contains(mistake, "role=\"alert\"")
                .doesNotContain("id=\"answer\"");
    }

    @Test
    void limitsHeadersAndBody() {
        Map<String, String> form = form("rrs-execute", "");
        form.put(
                "headers",
                "X-%d: 1\n".repeat(60).formatted(IntStream.range(0, 60).boxed().toArray()));
        assertThat(send("rrs-execute", form)).contains("at most 50 headers");

        form.put("headers", "");
        form.put("body", "x".repeat(20_001));
        assertThat(send("rrs-execute", form)).contains("The body is longer than 20,000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/apis/other/operations/rrs-execute", OPERATIONS + "nonsense"})
    void knowsNoOtherOperation(String path) {
        assertThat(browse.get(path).statusCode()).isEqualTo(404);
    }

    /** The fields of the page's form, as a browser would send them. */
    private static Map<String, String> form(String operation, String query) {
        String page = browse.get(OPERATIONS + operation + query).body();
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        Matcher area = AREA.matcher(page);
        while (area.find()) {
            fields.put(area.group(1), area.group(2).replace("&quot;", "\"").replace("&#39;", "'"));
        }
        fields.put("user", "demo");
        fields.put("subscription", "unlimited");
        return fields;
    }

    /** The sids that the page of an operation offers, but for none. */
    private static List<String> offered(String query) {
        String page = browse.get(OPERATIONS + "rrs-execute" + query).body();
        String list = page.replaceFirst("(?s).*name=\"subscription\"", "").replaceFirst("(?s)</select>.*", "");
        return Pattern.compile("value=\"([^\"]+)\"")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String send(String operation, Map<String, String> form) {
        form.put("do", "send");
        return browse.post(OPERATIONS + operation, form).body();
    }

    private static String answer(String page) {
        Matcher answer = ANSWER.matcher(page);
        return answer.find() ? answer.group(1) : "no answer: " + page;
    }
}
