package dev.bes.orchestrator.web.guard;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.RawCaller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Nothing is written for a request that can't be answered, or is understood by halves. */
@Timeout(300)
@Tag("slow")
class RequestPrecheckTests {
    private static final Set<RequestMethod> SAFE = Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);
    private static final String JSON = "Content-Type: application/json";
    private static final String FORM = "Content-Type: multipart/form-data; boundary=cut";
    private static final String NONE = "X-None: 1";
    private static final String PARTS =
            "--cut\r\nContent-Disposition: form-data; name=\"definition\"\r\n\r\nhanging\r\n--cut--\r\n";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static RawCaller caller;
    private static long live;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
        caller = new RawCaller(URI.create(node.url()));
        live = node.run("hanging");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Each writing call as it is when it is good: address, content type, body. */
    private static Stream<List<String>> writing() {
        return Stream.of(
                List.of("/api/v1/runs", JSON, "{\"definition\": \"hanging\"}"),
                List.of("/api/v1/runs", FORM, PARTS),
                List.of("/api/v1/runs/%d/cancel", NONE, ""),
                List.of("/api/v1/runs/%d/cancel", JSON, "{}"),
                List.of("/api/v1/runs/%d/scorings/1/resume", NONE, ""),
                List.of("/definitions/hanging/runs", FORM, "--cut--\r\n"),
                List.of("/runs/%d/cancel", NONE, ""),
                List.of("/runs/%d/cancel", "Content-Type: application/x-www-form-urlencoded", ""),
                List.of("/runs/%d/scorings/1/resume", NONE, ""));
    }

    private static Stream<Arguments> unanswerable() {
        return writing()
                .flatMap(call -> Stream.of(
                                "application/xml",
                                "text/csv",
                                call.get(0).startsWith("/api") ? "text/html" : "application/json",
                                "image/*;q=0.9, video/mp4",
                                "image/*;q=…",
                                "nonsense",
                                "text/html, //",
                                "*/html",
                                "text/html;charset=no-such")
                        .map(accept -> Arguments.of(call.get(0), call.get(1), call.get(2), accept)));
    }

    @ParameterizedTest
    @MethodSource("unanswerable")
    void writesNothingWhenTheAcceptHeaderCannotBeMet(String path, String type, String body, String accept) {
        List<RunView> before = runs();

        Answer answer =
                caller.send("POST " + path.formatted(live), List.of(type, "Accept: " + accept), body.getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body()).isEqualTo(406);
        assertThat(answer.head()).contains("Content-Type: application/problem+json");
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#not-acceptable");
        assertNothingHappened(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json, text/plain, */*",
                "text/html;q=0.9, application/json;q=0.1",
                "application/json;charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json;v=2"
            })
    void answersWhoeverTakesJson(String accept) {
        Answer answer =
                caller.json("/api/v1/runs", "{\"definition\": \"hanging\"}".getBytes(UTF_8), "Accept: " + accept);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.head()).containsPattern("Content-Type: application/json\r?\n");
        long run = answer.json().get("id").asLong();
        Answer cancelled =
                caller.send("POST /api/v1/runs/" + run + "/cancel", List.of("Accept: " + accept), new byte[0]);
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(202);
        assertThat(cancelled.head()).containsPattern("Content-Type: application/json\r?\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/runs                         | application/x-www-form-urlencoded | definition=hanging
            /api/v1/runs                         | text/plain                        | {"definition": "hanging"}
            /api/v1/runs                         | application/xml                   | <run/>
            /api/v1/runs                         | multipart/mixed; boundary=cut     | --cut--
            /api/v1/runs                         | nonsense                          | {"definition": "hanging"}
            /api/v1/runs                         | application/json; charset=utf-16  | {"definition": "hanging"}
            /api/v1/runs                         | application/json; charset=latin1  | {"definition": "hanging"}
            /definitions/hanging/runs         | application/x-www-form-urlencoded | parameters.bits=3
            /definitions/hanging/runs         | application/json                  | {}
            /api/v1/runs/%d/cancel               | application/x-www-form-urlencoded | really=no
            /api/v1/runs/%d/cancel               | text/plain                        | no
            /api/v1/runs/%d/scorings/1/resume    | multipart/form-data; boundary=cut | --cut--
            /runs/%d/cancel                   | application/json                  | {}
            /runs/%d/scorings/1/resume        | text/plain                        | no
            """)
    void takesNoBodyOfAnotherType(String path, String type, String body) {
        List<RunView> before = runs();

        Answer answer =
                caller.send("POST " + path.formatted(live), List.of("Content-Type: " + type), body.getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#unsupported-type");
        assertNothingHappened(before);
    }

    @Test
    void takesNoBodyWithoutItsType() {
        List<RunView> before = runs();

        for (String path : List.of("/api/v1/runs", "/api/v1/runs/" + live + "/cancel", "/runs/" + live + "/cancel")) {
            assertThat(caller.send("POST " + path, List.of(), "{}".getBytes(UTF_8))
                            .status())
                    .as(path)
                    .isEqualTo(415);
            assertThat(caller.send(
                                    "POST " + path,
                                    List.of("Transfer-Encoding: chunked"),
                                    "2\r\n{}\r\n0\r\n\r\n".getBytes(UTF_8))
                            .status())
                    .as(path)
                    .isEqualTo(415);
        }
        assertNothingHappened(before);
    }

    @Test
    void cancelsWithoutABodyHoweverThatIsSaid() {
        Map<String, List<String>> none = Map.of(
                "", List.of(),
                " ", List.of("Content-Type: application/x-www-form-urlencoded", "Content-Length: 0"),
                "{}", List.of(JSON),
                "0\r\n\r\n", List.of(JSON, "Transfer-Encoding: chunked"));
        none.forEach((body, headers) -> {
            long run = node.run("hanging");
            byte[] bytes = body.strip().equals("0")
                    ? body.getBytes(UTF_8)
                    : body.strip().getBytes(UTF_8);

            Answer answer = caller.send("POST /api/v1/runs/" + run + "/cancel", headers, bytes);

            assertThat(answer.status()).as(headers + answer.body()).isEqualTo(202);
        });
    }

    @Test
    void readsNoMoreOfAFormOfAPageThanMayBe() {
        String large = "a=" + "x".repeat(2_200_000);
        List<RunView> before = runs();

        Answer answer = caller.send(
                "POST /runs/" + live + "/cancel",
                List.of("Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"),
                (Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n").getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertNothingHappened(before);
    }

    @Test
    void cancelsNothingForABodyThatSaysMore() {
        List<RunView> before = runs();

        Answer answer = caller.json("/api/v1/runs/" + live + "/cancel", "{\"scoring\": 1}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown key 'scoring'");
        assertNothingHappened(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs?dryRun=true", "/api/v1/runs/%d/cancel?force", "/runs/%d/cancel?x=1&x=2"})
    void takesNothingFromTheAddressOfAWritingCall(String path) {
        List<RunView> before = runs();
        boolean page = path.startsWith("/runs");

        Answer answer = caller.send(
                "POST " + path.formatted(live),
                path.contains("cancel") ? List.of() : List.of(JSON),
                (path.contains("cancel") ? "" : "{\"definition\": \"hanging\"}").getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body() + page).isEqualTo(400);
        assertThat(answer.body()).contains("takes nothing from its address");
        assertNothingHappened(before);
    }

    @Test
    void takesNoBodyThatIsPackedOrOfTwoTypes() {
        List<RunView> before = runs();
        byte[] body = "{\"definition\": \"hanging\"}".getBytes(UTF_8);

        assertThat(caller.json("/api/v1/runs", body, "Content-Encoding: gzip").status())
                .isEqualTo(415);
        assertThat(caller.json("/api/v1/runs", body, "Content-Type: multipart/form-data; boundary=x")
                        .status())
                .isEqualTo(400);
        assertThat(caller.json("/api/v1/runs/" + live + "/cancel", "{}".getBytes(UTF_8), "Content-Encoding: br")
                        .status())
                .isEqualTo(415);
        assertNothingHappened(before);
    }

    private static Stream<Arguments> notUtf8() {
        String json = "{\"definition\": \"hanging\",\n \"parameters\": {\"bits\": \"größe\"}}";
        return Stream.of(
                Arguments.of(json.getBytes(StandardCharsets.ISO_8859_1), "Line 2, column 28"),
                Arguments.of(json.getBytes(UTF_16LE), "Line 1, column 2"),
                Arguments.of(("\uFEFF" + json).getBytes(UTF_16LE), "Line 1, column 1"),
                Arguments.of(("\uFEFF" + json).getBytes(StandardCharsets.UTF_16BE), "Line 1, column 1"),
                Arguments.of(json.getBytes(Charset.forName("UTF-32BE")), "Line 1, column 1"),
                // a character that is cut off at the end
                Arguments.of(new byte[] {'{', '"', (byte) 0xC3}, "Line 1, column 3"));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void readsJsonInUtf8Only(byte[] body, String place) {
        List<RunView> before = runs();

        Answer answer = caller.json("/api/v1/runs", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).contains(place, "not UTF-8");
        assertNothingHappened(before);
    }

    @Test
    void takesAMarkBeforeJson() {
        assertThat(caller.json("/api/v1/runs", "\uFEFF{\"definition\": \"hanging\"}".getBytes(UTF_8))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void readsNoMoreOfABodyThanMayBe() {
        List<RunView> before = runs();
        String large = "{\"definition\": \"" + "x".repeat(300_000) + "\"}";

        Answer answer = caller.json("/api/v1/runs", large.getBytes(UTF_8));
        Answer chunked = caller.json(
                "/api/v1/runs",
                (Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n").getBytes(UTF_8),
                "Transfer-Encoding: chunked");
        Answer cancel = caller.json("/api/v1/runs/" + live + "/cancel", large.getBytes(UTF_8));

        for (Answer one : List.of(answer, chunked, cancel)) {
            assertThat(one.status()).as(one.body()).isEqualTo(413);
            assertThat(one.json().get("type").asString()).isEqualTo("/docs/problems#too-large");
            assertThat(one.json().get("detail").asString()).contains("262,144 bytes");
        }
        assertNothingHappened(before);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /api/v1/runs",
        "DELETE, /api/v1/runs/%d",
        "PUT, /api/v1/runs/%d/cancel",
        "BREW, /api/v1/runs",
        "DELETE, /runs/%d"
    })
    void knowsNoOtherMethods(String method, String path) {
        List<RunView> before = runs();

        Answer answer = caller.send(method + " " + path.formatted(live), List.of(), new byte[0]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(405);
        assertThat(answer.head()).contains("Allow: ");
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#method-not-allowed");
        assertNothingHappened(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void readsNoFormOfAnotherMethod(String method) {
        List<String> form = List.of("Content-Type: application/x-www-form-urlencoded");

        Answer answer = caller.send(method + " /api/v1/runs", form, "a=%zz".getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body()).isEqualTo(405);
        assertThat(answer.head()).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/runs?limit=1&limit=2",
                "/api/v1/runs?limit=1&limit=1",
                "/api/v1/runs?state=Running&state=Failed",
                "/api/v1/runs?before=1&limit=2&before=3",
                "/?state=Running&state=Failed"
            })
    void takesAParameterOfAnAddressOnce(String path) {
        Answer answer = caller.send("GET " + path, List.of(), new byte[0]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).contains("was given 2 times");
    }

    /** Fails for a new way to write that does not say what it takes and what it answers. */
    @Test
    void knowsOfEachWritingCallWhatItTakesAndAnswers() {
        List<Map.Entry<RequestMappingInfo, HandlerMethod>> writing =
                node.part(DispatcherServlet.class).getHandlerMappings().stream()
                        .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                        .flatMap(mapping ->
                                ((RequestMappingInfoHandlerMapping) mapping).getHandlerMethods().entrySet().stream())
                        .filter(e -> e.getValue().getBeanType().getPackageName().startsWith("dev.bes"))
                        .filter(e -> !ErrorController.class.isAssignableFrom(
                                e.getValue().getBeanType()))
                        .filter(e -> !SAFE.containsAll(
                                        e.getKey().getMethodsCondition().getMethods())
                                || e.getKey().getMethodsCondition().isEmpty())
                        .toList();

        assertThat(writing).hasSizeGreaterThanOrEqualTo(7);
        assertThat(writing).allSatisfy(e -> {
            assertThat(e.getKey().getProducesCondition().getProducibleMediaTypes())
                    .as("produces of " + e)
                    .isNotEmpty()
                    .noneMatch(type -> type.isWildcardType() || type.isWildcardSubtype());
            assertThat(e.getKey().getConsumesCondition().getConsumableMediaTypes())
                    .as("consumes of " + e)
                    .isNotEmpty();
            // the token is looked for in every form, and so reads it
            boolean isForm = e.getKey().getConsumesCondition().getConsumableMediaTypes().stream()
                    .anyMatch(MediaType.APPLICATION_FORM_URLENCODED::includes);
            assertThat(Stream.of(e.getValue().getMethodParameters()))
                    .as("whether a body is read or refused by " + e)
                    .anyMatch(parameter -> isForm
                            || parameter.hasParameterAnnotation(RequestBody.class)
                            || MultipartRequest.class.isAssignableFrom(parameter.getParameterType()));
        });
    }

    private static List<RunView> runs() {
        return node.part(RunReader.class).list(RunFilter.ALL, 200);
    }

    private static void assertNothingHappened(List<RunView> before) {
        List<RunView> after = runs();
        assertThat(after)
                .extracting(RunView::id)
                .isEqualTo(before.stream().map(RunView::id).toList());
        assertThat(node.part(RunReader.class).find(live).orElseThrow().cancelRequestedAt())
                .isNull();
    }
}
