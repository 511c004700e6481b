package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.samples.CodeSamples;
import dev.bes.sandbox.samples.Interpreter;
import dev.bes.sandbox.samples.SampleCall;
import dev.bes.sandbox.samples.SampleLanguage;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Runs the code samples of the five operations, as shown, against a sandbox. */
@Tag("slow")
class CodeSamplesTests {

    static final List<SampleLanguage> LANGUAGES = Interpreter.LANGUAGES;

    private static final Pattern JOB = Pattern.compile("\"([0-9a-f]{32})\"");
    private static final String SENTENCES =
            "{\n  \"Inputs\": {\n    \"input1\": {\n      \"ColumnNames\": [\"Col2\"],\n"
                    + "      \"Values\": [[\"This is a good day\"], [\"l'été à 20 $ – “schön” \\\\ `id`\"]]\n    }\n  }\n}";

    private static Sandbox sandbox;
    private static WebService service;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        service = sandbox.service("SimpleFeatureHashingExperiment");
        SharedStore.put("samples/in.csv", "Col1,Col2\n0,This is a good day\n");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void callTheFiveOperationsInEachLanguage(SampleLanguage language) {
        String path = "samples/out-" + language.name() + ".csv";
        String scored = run(language, "POST", "/execute?api-version=2.0&details=true", SENTENCES);
        assertThat(scored).contains("200").contains("Col2_HashingFeature.7", "l'été à 20 $ – “schön” \\\\ `id`");

        String submitted = run(language, "POST", "/jobs?api-version=2.0", SampleClient.body("samples/in.csv", path));
        MatchResult job = JOB.matcher(submitted).results().findFirst().orElseThrow();
        String started = run(language, "POST", "/jobs/" + job.group(1) + "/start?api-version=2.0", "");
        assertThat(started).contains("204");
        await().untilAsserted(() -> assertThat(SharedStore.blob(path).exists()).isTrue());
        assertThat(run(language, "GET", "/jobs/" + job.group(1) + "?api-version=2.0", ""))
                .contains("200")
                .contains("\"StatusCode\"");
        assertThat(run(language, "DELETE", "/jobs/" + job.group(1) + "?api-version=2.0", ""))
                .contains("204");
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "CSHARP", "R"})
    void printARefusalInsteadOfFailing(SampleLanguage language) {
        String refused = run(language, "GET", "/jobs/no-such-job?api-version=2.0", "");

        assertThat(refused).contains("404").contains("\"error\"");
    }

    private static String run(SampleLanguage language, String method, String operation, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Ocp-Apim-Subscription-Key", sandbox.subscription("unlimited").primaryKey());
        headers.put("Authorization", "Bearer " + service.apiKey());
        URI url = URI.create(sandbox.managedUrl() + service.path() + operation);
        String program = CodeSamples.of(language, new SampleCall(method, url, headers, body));
        return new Interpreter(folder).run(language, program);
    }
}
