package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.RawCaller.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forms as clients out there send them, byte by byte, and parameters that are not understood. */
@Timeout(300)
@Tag("slow")
class FormsTests {
    private static final String CSV = "text\nIt was a fine morning\nThe pump has failed again\n";
    private static final int MANY = 70;

    @TempDir
    static Path folder;

    private static WebNode node;
    private static RawCaller caller;

    @BeforeAll
    static void start() throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("definitions"));
        String all = IntStream.rangeClosed(1, MANY)
                .mapToObj("${request.p%d:-}"::formatted)
                .collect(Collectors.joining());
        define(definitions, "many", "{}", all, "many");
        define(definitions, "hung", "{}", "${request.column}", "hung/${request.customer:-all}");
        define(definitions, "sample", "{ from: ready.csv }", "text", "sample");
        Files.writeString(definitions.resolve("typed.yaml"), """
                name: typed
                endpoint: hangs
                inputs:
                  input1: {}
                outputs:
                  output1: {}
                parameters:
                  Target column: "text ${request.region} ${request.bits}"
                request:
                  schema:
                    properties:
                      region: {enum: [eu, us], description: Where the customer is.}
                      bits: {type: integer, minimum: 1, maximum: 31, default: "3"}
                    required: [region]
                """);
        node = WebNode.start(
                folder, TestEnvironment.newDatabase(), Map.of("spring.servlet.multipart.max-file-size", "1MB"));
        caller = new RawCaller(URI.create(node.url()));
    }

    private static void define(Path folder, String name, String input, String column, String delivery)
            throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                endpoint: hangs
                inputs:
                  input1: %s
                outputs:
                  output1: {}
                parameters:
                  Target column: "%s"
                delivery:
                  folder: %s
                """.formatted(name, input, column, delivery));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String part(String head, String content) {
        return "--cut\nContent-Disposition: form-data; " + head + "\n\n" + content + "\n";
    }

    private static String part(String head, String more, String content) {
        return "--cut\nContent-Disposition: form-data; " + head + "\n" + more + "\n\n" + content + "\n";
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--cut--\n";
    }

    private static final String HUNG = part("name=\"definition\"", "hung");
    private static final String FILE = part("name=\"input1\"; filename=\"g.csv\"", CSV);

    private static Answer post(String form, Charset charset, String... headers) {
        return caller.form("/api/v1/runs", form, charset, headers);
    }

    private static RunView accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return node.part(RunReader.class).find(answer.json().get("id").asLong()).orElseThrow();
    }

    private static void assertRefused(Answer answer, int status, String kind, String... detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#" + kind);
        assertThat(answer.json().get("detail").asString()).contains(detail);
    }

    private static long runs() {
        return node.part(RunReader.class).list(RunFilter.ALL, 1).stream()
                .mapToLong(RunView::id)
                .sum();
    }

    /** How many files of requests are kept. */
    private static long files() {
        return node.part(JdbcClient.class)
                .sql("SELECT (SELECT count(*) FROM input_content) + (SELECT count(*) FROM request_blob)")
                .query(Long.class)
                .single();
    }

    @Test
    void areReadInTheCharsetOfThePart() {
        String own = part(
                "name=\"parameters.column\"",
                "Content-Type: text/plain; charset=\"ISO-8859-1\"\nContent-Transfer-Encoding: 8bit",
                "Größe");
        RunView run = accepted(post(form(HUNG, own, FILE), ISO_8859_1));

        assertThat(run.parameters()).containsExactly(Map.entry("column", "Größe"));
        assertThat(node.part(RunReader.class).scorings(run.id(), 0, 1)).hasSize(1);
    }

    @Test
    void areReadInTheCharsetThatAPartOfTheFormNames() {
        String column = part("name=\"parameters.column\"", "Größe");
        String charset = part("name=\"_charset_\"", "windows-1252");

        assertThat(accepted(post(form(HUNG, charset, column, FILE), ISO_8859_1)).parameters())
                .containsEntry("column", "Größe");
        // in the order in which it comes
        assertThat(accepted(post(form(HUNG, column, FILE, charset), ISO_8859_1)).parameters())
                .containsEntry("column", "Größe");
        assertThat(accepted(caller.send(
                                "POST /api/v1/runs",
                                List.of("Content-Type: multipart/form-data; charset=ISO-8859-1; boundary=cut"),
                                form(HUNG, column, FILE).replace("\n", "\r\n").getBytes(ISO_8859_1)))
                        .parameters())
                .containsEntry("column", "Größe");
    }

    @Test
    void areUtf8Otherwise() {
        String column = part("name=\"parameters.column\"", "Größe 😀");
        String json = part("name=\"parameters\"", "Content-Type: application/json", "{\"column\": \"Größe\"}");
        String marked = part("name=\"parameters.column\"", "\uFEFFGröße");

        assertThat(accepted(post(form(HUNG, column, FILE), UTF_8)).parameters()).containsEntry("column", "Größe 😀");
        assertThat(accepted(post(form(HUNG, json, FILE), UTF_8)).parameters()).containsEntry("column", "Größe");
        assertThat(accepted(post(form(HUNG, marked, FILE), UTF_8)).parameters()).containsEntry("column", "Größe");
    }

    @Test
    void areRefusedWithThePartThatCannotBeRead() throws IOException {
        long before = runs();
        long kept = files();
        String unnamed = part("name=\"parameters.column\"", "Größe");
        String unknown = part("name=\"parameters.column\"", "Content-Type: text/plain; charset=no-such", "Größe");
        String untrue = part("name=\"parameters.column\"", "Content-Type: text/plain; charset=us-ascii", "Größe");
        String json = part("name=\"parameters\"", "{\"column\": \"Größe\"}");
        String name = part("name=\"parameters.größe\"", "x");
        String encoded = part("name=\"parameters.column\"", "Content-Transfer-Encoding: base64", "R3LDtsOfZQ==");
        String file = part("name=\"input1\"; filename=\"größe.csv\"", CSV);

        assertRefused(post(form(HUNG, unnamed, FILE), ISO_8859_1), 400, "bad-request", "'parameters.column'", "UTF-8");
        assertRefused(post(form(HUNG, unknown, FILE), UTF_8), 400, "bad-request", "'parameters.column'", "no-such");
        assertRefused(post(form(HUNG, untrue, FILE), UTF_8), 400, "bad-request", "'parameters.column'", "US-ASCII");
        assertRefused(post(form(HUNG, json, FILE), ISO_8859_1), 400, "bad-request", "'parameters'", "UTF-8");
        assertRefused(post(form(HUNG, name, FILE), ISO_8859_1), 400, "bad-request", "parameters.gr", "UTF-8");
        assertRefused(post(form(HUNG, encoded, FILE), UTF_8), 400, "bad-request", "'parameters.column'", "base64");
        assertRefused(post(form(HUNG, file), ISO_8859_1), 400, "bad-request", "input1", "UTF-8");
        assertRefused(
                post(form(part("name=\"definition\"", "Größe"), FILE), ISO_8859_1), 400, "bad-request", "'definition'");
        assertRefused(
                post(form(HUNG, part("name=\"_charset_\"", "no-such"), FILE), UTF_8),
                400,
                "bad-request",
                "'_charset_'",
                "no-such");
        assertThat(runs()).isEqualTo(before);
        assertThat(files()).isEqualTo(kept);
    }

    @Test
    void areReadOnThePageAsWell() {
        String column = part("name=\"parameters.column\"", "Größe");
        long before = runs();

        Answer refused = caller.form("/definitions/hung/runs", form(column, FILE), ISO_8859_1);
        Answer twoKeys =
                caller.form("/definitions/hung/runs", form(part("name=\"key\"", "k-1,k-2"), column, FILE), UTF_8);
        Answer unknown = caller.form(
                "/definitions/hung/runs", form(column, part("name=\"parameters.colum\"", "x"), FILE), UTF_8);
        Answer noPart = caller.form("/definitions/hung/runs", form(column, part("name=\"colour\"", ""), FILE), UTF_8);
        assertRefused(refused, 400, "bad-request", "'parameters.column'");
        assertRefused(
                caller.form(
                        "/definitions/hung/runs",
                        form(part("name=\"key\"", "k-1"), column, FILE),
                        UTF_8,
                        "Idempotency-Key: k-2"),
                400,
                "bad-key",
                "different");
        assertRefused(twoKeys, 400, "bad-key", "different");
        assertRefused(noPart, 400, "bad-request", "Unknown part 'colour'");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("role=\"alert\"", "did you mean &#39;column&#39;?");
        assertThat(runs()).isEqualTo(before);

        Answer taken = caller.form(
                "/definitions/hung/runs",
                form(part("name=\"_charset_\"", "ISO-8859-1"), part("name=\"key\"", "\"k-9\""), column, FILE),
                ISO_8859_1);
        assertThat(taken.status()).as(taken.body()).isEqualTo(302);
        RunView run = node.part(RunReader.class).find(runs()).orElseThrow();
        assertThat(run.parameters()).containsEntry("column", "Größe");
        assertThat(run.occurrence()).isEqualTo("request:k-9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name="input1"                           | input1.csv
            name="input1"; filename=""              | input1.csv
            name=input1; filename=g.csv             | g.csv
            name="input1"; filename="größe.csv"     | größe.csv
            name="input1"; filename*=utf-8''gr%c3%b6.csv | grö.csv
            name="input1"; filename="=?utf-8?B?Z3LDti5jc3Y=?="; filename*=utf-8''gr%C3%B6%C3%9Fe.csv | größe.csv
            name="input1"; filename*=ISO-8859-1''gr%F6.csv | grö.csv
            """)
    void mayNameAFileInManyWaysOrNotAtAll(String head, String name) {
        String column = part("name=\"parameters.column\"", "text");

        RunView run = accepted(post(form(HUNG, column, part(head, "Content-Type: text/csv", CSV)), UTF_8));

        assertThat(node.part(RunReader.class).scorings(run.id(), 0, 1))
                .singleElement()
                .satisfies(s -> assertThat(s.files()).containsEntry("input1", name));
    }

    @Test
    void takeWhatAFieldWithoutANameOfAFileHoldsAndNotWhatTheDefinitionHasInstead() {
        String sample = part("name=\"definition\"", "sample");

        RunView nothing = accepted(post(form(sample, part("name=\"input1\"; filename=\"\"", "")), UTF_8));
        RunView something = accepted(post(form(sample, part("name=\"input1\"; filename=\"\"", CSV)), UTF_8));

        assertThat(node.part(RunReader.class)
                        .scorings(nothing.id(), 0, 1)
                        .getFirst()
                        .files())
                .containsEntry("input1", "ready.csv");
        assertThat(node.part(RunReader.class)
                        .scorings(something.id(), 0, 1)
                        .getFirst()
                        .files())
                .containsEntry("input1", "input1.csv");
    }

    @Test
    void mayHoldManyPartsWithLongHeads() {
        String many = part("name=\"definition\"", "many")
                + IntStream.rangeClosed(1, MANY)
                        .mapToObj(
                                i -> part("name=parameters.p" + i, "Content-Type: text/plain; charset=utf-8", "t" + i))
                        .collect(Collectors.joining());
        String name = "二〇二六年十一月分_".repeat(20) + ".csv";
        String coded = IntStream.range(0, name.getBytes(UTF_8).length)
                .mapToObj(i -> "%%%02X".formatted(name.getBytes(UTF_8)[i]))
                .collect(Collectors.joining());
        String file = part(
                "name=input1; filename=\"=?utf-8?B?%s?=\"; filename*=utf-8''%s"
                        .formatted(Base64.getEncoder().encodeToString(name.getBytes(UTF_8)), coded),
                "Content-Type: text/csv",
                CSV);

        RunView run = accepted(post(form(many, file), UTF_8));

        assertThat(run.parameters()).hasSize(MANY).containsEntry("p70", "t70");
        assertThat(node.part(RunReader.class)
                        .scorings(run.id(), 0, 1)
                        .getFirst()
                        .files())
                .containsEntry("input1", name);
    }

    @Test
    void areRefusedByNameOfTheLimit() throws IOException {
        long before = runs();
        long kept = files();
        String parts = IntStream.rangeClosed(1, 300)
                .mapToObj(i -> part("name=parameters.p" + i, "t"))
                .collect(Collectors.joining());
        String head = part("name=\"input1\"; filename=\"" + "x".repeat(20_000) + "\"", CSV);
        String file = part("name=\"input1\"; filename=\"x.csv\"", "x".repeat(1_100_000));
        String field = part("name=\"parameters.column\"", "x".repeat(300_000));
        String fields = IntStream.range(0, 10).mapToObj(i -> field).collect(Collectors.joining());
        String values = IntStream.range(1, 70)
                .mapToObj(i -> part("name=parameters.p" + i, "ö".repeat(500)))
                .collect(Collectors.joining());

        assertRefused(post(form(HUNG, parts), UTF_8), 413, "too-large", "256 parts", "server.tomcat.max-part-count");
        assertRefused(
                post(form(HUNG, head), UTF_8), 413, "too-large", "16,384 bytes", "server.tomcat.max-part-header-size");
        assertRefused(
                post(form(HUNG, file), UTF_8),
                413,
                "too-large",
                "'input1'",
                "1,048,576 bytes",
                "spring.servlet.multipart.max-file-size");
        assertRefused(
                post(form(HUNG, fields), UTF_8),
                413,
                "too-large",
                "1,048,576 bytes",
                "server.tomcat.max-http-form-post-size");
        assertRefused(post(form(HUNG, field, FILE), UTF_8), 413, "too-large", "'parameters.column'", "262,144 bytes");
        assertRefused(
                post(form(part("name=definition", "many"), values, FILE), UTF_8), 413, "too-large", "65,536 are taken");
        assertRefused(
                caller.json(
                        "/api/v1/runs",
                        "{\"definition\": \"many\", \"parameters\": {\"p1\": \"%s\"}}"
                                .formatted("x".repeat(65_600))
                                .getBytes(UTF_8)),
                413,
                "too-large",
                "65,536 are taken");
        assertThat(runs()).isEqualTo(before);
        assertThat(files()).isEqualTo(kept);
    }

    @Test
    void areRefusedForTheirSizeBeforeTheyAreRead() {
        long before = runs();
        // as much as Tomcat reads of what is refused, before it answers and hangs up
        String begun = HUNG + "x".repeat(2_200_000);

        Answer answer = caller.send(
                "POST /api/v1/runs",
                List.of("Content-Type: multipart/form-data; boundary=cut", "Content-Length: 10737418241"),
                begun.getBytes(UTF_8));

        assertRefused(answer, 413, "too-large", "at most 10,737,418,240", "spring.servlet.multipart.max-request-size");
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void bringNoTextThatWasSpoiltOnItsWay() {
        String spoilt = part("name=\"parameters.column\"", "Gr\uFFFD\uFFFDe");

        assertRefused(post(form(HUNG, spoilt, FILE), UTF_8), 400, "bad-request", "'column'", "U+FFFD");
        assertRefused(
                caller.json(
                        "/api/v1/runs",
                        "{\"definition\": \"many\", \"parameters\": {\"p1\": \"\uFFFD\"}}".getBytes(UTF_8)),
                400,
                "bad-request",
                "'p1'",
                "U+FFFD");
    }

    @Test
    void mayBringParametersUpToTheLimit() {
        String value = "x".repeat(64 * 1024 - 2);
        Answer answer = post(form(part("name=definition", "many"), part("name=parameters.p1", value), FILE), UTF_8);

        assertThat(accepted(answer).parameters()).containsEntry("p1", value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"})
    void areRefusedWithoutTheirBoundary(String type) {
        long before = runs();

        Answer answer = caller.send(
                "POST /api/v1/runs",
                List.of("Content-Type: " + type),
                form(HUNG, FILE).getBytes(UTF_8));

        assertThat(answer.status()).as(answer.body()).isIn(400, 415);
        assertThat(answer.head()).contains("application/problem+json");
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void bringNoParameterThatNoTemplateUses() throws IOException {
        long before = runs();
        long kept = files();
        String column = part("name=\"parameters.column\"", "text");
        String typo = part("name=\"parameters.custmer\"", "c");

        Answer form = post(form(HUNG, column, typo, FILE), UTF_8);
        Answer json = caller.json(
                "/api/v1/runs", "{\"definition\": \"sample\", \"parameters\": {\"tpyo\": \"x\"}}".getBytes(UTF_8));
        Answer asJson =
                post(form(HUNG, part("name=\"parameters\"", "{\"column\": \"text\", \"zzz\": \"1\"}"), FILE), UTF_8);

        assertRefused(form, 422, "unknown-parameter", "'custmer'", "did you mean 'customer'?", "column, customer");
        assertThat(form.json().get("known").toString()).isEqualTo("[\"column\",\"customer\"]");
        assertThat(form.json().get("parameter").asString()).isEqualTo("custmer");
        assertRefused(json, 422, "unknown-parameter", "'tpyo'", "none of its templates uses one");
        assertRefused(asJson, 422, "unknown-parameter", "'zzz'", "its parameters are: column, customer");
        assertRefused(post(form(HUNG, FILE), UTF_8), 422, "missing-parameter", "the request has no 'column'");
        assertThat(runs()).isEqualTo(before);
        assertThat(files()).isEqualTo(kept);
    }

    @Test
    void areCheckedAgainstTheSchemaOfTheDefinitionAndMadeFromIt() {
        String typed = part("name=\"definition\"", "typed");
        long before = runs();

        Answer refused = post(form(typed, part("name=\"parameters.bits\"", "64"), FILE), UTF_8);

        assertRefused(refused, 422, "invalid-parameter", "'region' is required", "'bits' must be at most 31");
        assertThat(refused.json().get("errors").toString())
                .contains("\"pointer\":\"#/parameters/region\"", "\"detail\":\"must be at most 31\"");
        assertThat(runs()).isEqualTo(before);
        RunView run = accepted(post(form(typed, part("name=\"parameters.region\"", "us"), FILE), UTF_8));
        assertThat(run.parameters()).isEqualTo(Map.of("region", "us", "bits", "3"));
        assertThat(node.caller().get("/definitions").body())
                .contains("Where the customer is.", "<option value=\"us\">us</option>", "max=\"31\"", "step=\"1\"");
        assertThat(node.caller().get("/api/v1/definitions/typed").body())
                .contains("\"type\":\"integer\"", "\"values\":[\"eu\",\"us\"]");
    }

    @Test
    void bringNoParameterTwice() throws IOException {
        long before = runs();
        long kept = files();
        String json = part("name=\"parameters\"", "{\"column\": \"A\"}");
        String column = part("name=\"parameters.column\"", "B");

        assertRefused(post(form(HUNG, json, column, FILE), UTF_8), 400, "bad-request", "'column'", "send it once");
        assertRefused(post(form(HUNG, column, json, FILE), UTF_8), 400, "bad-request", "'column'", "send it once");
        assertRefused(
                post(form(HUNG, column, column, FILE), UTF_8), 400, "bad-request", "'parameters.column'", "2 times");
        assertRefused(post(form(HUNG, json, json, FILE), UTF_8), 400, "bad-request", "'parameters'", "2 times");
        assertRefused(
                post(form(HUNG, part("name=\"parameters\"", "{\"column\": \"A\", \"column\": \"B\"}"), FILE), UTF_8),
                400,
                "malformed-json",
                "Duplicate");
        assertRefused(
                caller.json(
                        "/api/v1/runs",
                        "{\"definition\": \"hung\", \"parameters\": {\"column\": \"A\", \"column\": \"A\"}}"
                                .getBytes(UTF_8)),
                400,
                "malformed-json",
                "Duplicate");
        assertThat(runs()).isEqualTo(before);
        assertThat(files()).isEqualTo(kept);
    }

    @Test
    void areOneRunForOneKeyHoweverItIsWritten() {
        byte[] body = "{\"definition\": \"sample\"}".getBytes(UTF_8);

        RunView doubled = accepted(caller.json("/api/v1/runs", body, "Idempotency-Key: kk-1", "Idempotency-Key: kk-1"));
        RunView single = accepted(caller.json("/api/v1/runs", body, "Idempotency-Key: kk-1"));
        RunView joined = accepted(caller.json("/api/v1/runs", body, "Idempotency-Key: kk-1, kk-1"));
        RunView quoted = accepted(caller.json("/api/v1/runs", body, "idempotency-key: \"kk-1\""));

        assertThat(List.of(single.id(), joined.id(), quoted.id())).containsOnly(doubled.id());
        assertThat(doubled.occurrence()).isEqualTo("request:kk-1");
        long before = runs();
        assertRefused(
                caller.json("/api/v1/runs", body, "Idempotency-Key: kk-2", "Idempotency-Key: kk-3"),
                400,
                "bad-key",
                "'kk-2' and 'kk-3'");
        assertRefused(
                post(form(part("name=definition", "sample")), UTF_8, "Idempotency-Key: kk-2,kk-3"),
                400,
                "bad-key",
                "can't contain a comma");
        assertRefused(caller.json("/api/v1/runs", body, "Idempotency-Key: "), 400, "bad-key", "1 to 200");
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void areTheRunThatTheyWereWhateverHasBecomeOfTheirDefinition() throws Exception {
        Definition sample = node.part(Definitions.class).find("sample").orElseThrow();
        String content = "[\"sample\",{\"gone\":\"x\"},{}]";
        String fingerprint =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
        long run = node.part(RunAcceptance.class)
                .accept(NewRun.requested(
                        sample,
                        "request:kept",
                        fingerprint,
                        Map.of("gone", "x"),
                        List.of(),
                        Actor.request("ada"),
                        Map.of()))
                .id();
        byte[] body = "{\"definition\": \"sample\", \"parameters\": {\"gone\": \"x\"}}".getBytes(UTF_8);

        RunView again = accepted(caller.json("/api/v1/runs", body, "Idempotency-Key: kept"));

        assertThat(again.id()).isEqualTo(run);
        assertRefused(caller.json("/api/v1/runs", body, "Idempotency-Key: other"), 422, "unknown-parameter", "'gone'");
    }

    @Test
    void mayWriteNamesInUtf8AndTextsInSomethingElse() {
        byte[] charset = (HUNG + part("name=\"_charset_\"", "ISO-8859-1")).getBytes(UTF_8);
        byte[] column = part("name=\"parameters.column\"", "Größe").getBytes(ISO_8859_1);
        byte[] file = form(part("name=\"input1\"; filename=\"größe.csv\"", CSV)).getBytes(UTF_8);
        byte[] latin =
                form(part("name=\"input1\"; filename=\"größe.csv\"", CSV)).getBytes(ISO_8859_1);

        for (byte[] one : List.of(file, latin)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            Stream.of(charset, column, one).forEach(body::writeBytes);
            String text = body.toString(ISO_8859_1);
            RunView run = accepted(post(text, ISO_8859_1));

            assertThat(run.parameters()).containsEntry("column", "Größe");
            assertThat(node.part(RunReader.class)
                            .scorings(run.id(), 0, 1)
                            .getFirst()
                            .files())
                    .containsEntry("input1", "größe.csv");
        }
    }

    @Test
    void areReadWhenTheyComeInPieces() {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (byte b : form(HUNG, part("name=\"parameters.column\"", "ö"), FILE)
                .replace("\n", "\r\n")
                .getBytes(UTF_8)) {
            chunks.writeBytes(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(UTF_8));

        Answer answer = caller.send(
                "POST /api/v1/runs",
                List.of("Content-Type: multipart/form-data; boundary=cut", "Transfer-Encoding: chunked"),
                chunks.toByteArray());

        assertThat(accepted(answer).parameters()).containsEntry("column", "ö");
    }
}
