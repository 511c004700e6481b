package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A node starts and shows its definitions whatever their schedules are, also those that are over; and it works with keys as
 * files bring them.
 */
@Tag("slow")
class OddDefinitionsTests {
    private static final Map<String, String> SCHEDULES = Map.of(
            "past-year", "0 0 12 1 1 ? 2025",
            "no-such-day", "0 0 12 30 2 ?",
            "far-year", "0 0 12 15 * ? 2150",
            "third-last-weekday", "0 0 6 L-3W * ?",
            "last-day-of-week", "0 0 6 ? * L",
            "one-to-five", "0 30 6 ? * 1-5",
            "good", "0 0 12 * * ?");

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder);
        SCHEDULES.forEach((name, cron) -> jobs.definition(name, "feature-hashing", """
                triggers:
                  schedules:
                    - name: s
                      cron: "%s"
                """.formatted(cron))
                .write("definitions/data/" + name + "/a.csv", "text\na\n"));
        jobs.definition("long-folder", "feature-hashing", """
                delivery:
                  folder: "out/${request.a:-x}-${request.b:-x}-${request.c:-x}"
                """).write("definitions/data/long-folder/a.csv", "text\na\n");
        Map<String, String> properties = new HashMap<>();
        String key = TestEnvironment.sandbox().subscription("unlimited").primaryKey();
        properties.put(
                "orchestrator.blobs.connection-string",
                "\ufeff " + TestEnvironment.sandbox().blobConnectionString() + "\r\n");
        properties.put("orchestrator.endpoints.feature-hashing.subscription-key", key + "\n");
        properties.put("orchestrator.endpoints.feature-hashing.blob-reference", "connection-string");
        node = WebNode.start(folder, TestEnvironment.newDatabase(), properties);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode schedule(String definition) {
        for (JsonNode json : node.caller().get("/api/v1/definitions").json().get("definitions")) {
            if (json.get("name").asString().equals(definition)) {
                return json.get("schedules").get(0);
            }
        }
        throw new AssertionError("no definition " + definition);
    }

    @ParameterizedTest
    @CsvSource({
        "past-year, true",
        "no-such-day, true",
        "far-year, true",
        "third-last-weekday, false",
        "last-day-of-week, false",
        "one-to-five, false",
        "good, false"
    })
    void saysWhichSchedulesAreOver(String definition, boolean over) {
        JsonNode schedule = schedule(definition);

        assertThat(schedule.get("over").asBoolean()).isEqualTo(over);
        assertThat(schedule.get("next").isEmpty()).isEqualTo(over);
        assertThat(card(definition).contains("ended: it never fires again")).isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource({
        "past-year, false",
        "far-year, false",
        "third-last-weekday, false",
        "last-day-of-week, false",
        "one-to-five, true",
        "good, true"
    })
    void showsACronExpressionInWordsOnlyWhereTheyAreTrue(String definition, boolean words) {
        assertThat(card(definition)).contains("<code>" + SCHEDULES.get(definition) + "</code>");
        assertThat(card(definition).contains("<strong>")).isEqualTo(words);
    }

    private static String card(String definition) {
        Answer page = node.caller().get("/definitions", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        String from = page.body().substring(page.body().indexOf("id=\"" + definition + "\""));
        return from.substring(0, from.indexOf("</dl>"));
    }

    @Test
    void worksWithKeysThatEndWithALineBreak() {
        node.await(node.run("past-year"), StateJson.FINISHED);
    }

    @Test
    void refusesARequestWhoseDeliveryFolderWouldBeTooLong() {
        String some = "x".repeat(99);
        Answer refused = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("long-folder")
                                .with("parameters.a", some)
                                .with("parameters.b", some)
                                .with("parameters.c", some));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.json().get("detail").asString())
                .startsWith(
                        "The folder 'out/${request.a:-x}-${request.b:-x}-${request.c:-x}' of the definition, filled in,"
                                + " has a part of 299 bytes");
        assertThat(node.caller()
                        .get("/api/v1/runs?definition=long-folder")
                        .json()
                        .get("runs"))
                .isEmpty();
        node.await(node.run("long-folder"), StateJson.FINISHED);
    }
}
