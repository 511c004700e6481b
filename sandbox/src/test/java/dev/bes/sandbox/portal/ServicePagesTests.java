package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.SampleClient;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.catalogue.WebService;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service dashboard, as a browser gets it. */
class ServicePagesTests {

    private static Sandbox sandbox;
    private static Browse browse;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withMaxConcurrentJobs(2));
        browse = new Browse(sandbox.directUrl());
        SharedStore.put("dashboard/in.csv", "Col2\nThis is a good day\n");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void showsThePlaceOfEachJobInItsQueue() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(submitted("HangsForever", "dashboard/out" + i + ".csv"));
            assertThat(client("HangsForever").start(ids.getLast())).isEqualTo(204);
        }

        assertThat(page("HangsForever", "").body()).contains("2 of 2 running, 3 waiting");
        assertThat(job("HangsForever", ids.get(1)).body())
                .contains(">Running</span>")
                .doesNotContain("in the queue");
        assertThat(job("HangsForever", ids.get(4)).body()).contains("place 3 in the queue");

        client("HangsForever").delete(ids.get(0));
        client("HangsForever").delete(ids.get(3));

        assertThat(job("HangsForever", ids.get(4)).body()).contains("place 1 in the queue");
        assertThat(page("HangsForever", "?state=Cancelled").body())
                .contains(ids.get(0), ids.get(3))
                .doesNotContain(ids.get(1), ids.get(2), ids.get(4));
        assertThat(browse.get("/portal/services").body()).contains("HangsForever", "AlwaysFails");
    }

    @ParameterizedTest
    @CsvSource({"''", "?state=Failed"})
    void updatesItselfFromAnAddressThatAnswers(String query) {
        Matcher update = Pattern.compile("hx-get=\"([^\"]+)\"")
                .matcher(page("NeverWrites", query).body());

        assertThat(update.find()).isTrue();
        assertThat(browse.get(update.group(1).replace("&amp;", "&")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void linksInputAndOutputOfAFinishedJobAndShowsNoKey() {
        String id = submitted("SimpleFeatureHashingExperiment", "dashboard/day's out.csv");
        assertThat(job("SimpleFeatureHashingExperiment", id).body()).contains("not started yet", "not written");
        client("SimpleFeatureHashingExperiment").start(id);
        await().until(() -> client("SimpleFeatureHashingExperiment").state(id).equals("Finished"));

        String page = job("SimpleFeatureHashingExperiment", id).body();

        List<String> links = links(page);
        assertThat(links).hasSize(2).allSatisfy(link -> assertThat(link).contains("sp=r&"));
        assertThat(new Browse(URI.create(links.get(0))).get("").body()).isEqualTo("Col2\nThis is a good day\n");
        assertThat(new Browse(URI.create(links.get(1))).get("").body()).contains("This is a good day");
        assertThat(page).doesNotContain("AccountKey", accountKey());
    }

    @Test
    void showsWhyAJobFailed() {
        String id = submitted("AlwaysFails", "dashboard/failed.csv");
        client("AlwaysFails").start(id);
        await().until(() -> client("AlwaysFails").state(id).equals("Failed"));

        assertThat(job("AlwaysFails", id).body()).contains("Error 1000: AFx Library library exception");
        assertThat(page("AlwaysFails", "?state=Failed").body()).contains(id, "Error 1000");
    }

    @Test
    void linksNoBlobWhoseKeyTheJobDidNotBring() {
        String id = client("SimpleFeatureHashingExperiment")
                .submit(SampleClient.body(
                        Map.of(
                                "BaseLocation", "http://127.0.0.1:1/other",
                                "RelativeLocation", "dashboard/in.csv",
                                "SasBlobToken", "?sig=the-callers-secret"),
                        SampleClient.byKey("dashboard/out.csv"),
                        Map.of()));

        assertThat(job("SimpleFeatureHashingExperiment", id).body())
                .contains("no key that can sign a link")
                .doesNotContain("the-callers-secret");
    }

    @Test
    void testsAServiceWithAFieldForEachColumnAndParameter() {
        String form =
                browse.get(path("SimpleFeatureHashingExperiment") + "/test").body();
        assertThat(form).contains("Col2", "Target column", "Hashing bitsize", "N-grams", "integer, 1 to 31");

        assertThat(test(
                        "SimpleFeatureHashingExperiment",
                        Map.of("column-0-0", "<b>This is a good day", "parameter-1", "2")))
                .contains("Col2_HashingFeature.3", "&lt;b&gt;This is a good day")
                .doesNotContain("Col2_HashingFeature.4", "<b>This");
        assertThat(test("SimpleFeatureHashingExperiment", Map.of("column-0-0", "x", "parameter-1", "99")))
                .contains("The service refused the row", "BadParameterValue");
        assertThat(test("AlwaysFails", Map.of("column-0-0", "x"))).contains("refused the row", "Error 1000");
    }

    @Test
    void hasATestFormForServicesOfAnyShape() {
        for (WebService service : sandbox.services()) {
            String form = browse.get(path(service.name()) + "/test").body();

            service.inputs().forEach(input -> {
                assertThat(form).contains("<legend>" + input.name() + "</legend>");
                input.columns()
                        .forEach(column ->
                                assertThat(form).contains(">" + column.column().name() + "<"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/portal/services/nonsense, 404",
        "/portal/services/c0000000000000000000000000000004/jobs/nonsense, 404",
        "/portal/services/c0000000000000000000000000000004?page=0, 400",
        "/portal/services/c0000000000000000000000000000004?page=-1, 400",
        "/portal/services/c0000000000000000000000000000004?page=x, 400",
        "/portal/services/c0000000000000000000000000000004?state=Canceled, 400",
        "/portal/services/c0000000000000000000000000000004?page=999999999, 200"
    })
    void answersAWrongAddress(String path, int status) {
        assertThat(browse.get(path).statusCode()).isEqualTo(status);
    }

    private static List<String> links(String page) {
        List<String> links = new ArrayList<>();
        Matcher link = Pattern.compile("class=\"download\" href=\"([^\"]+)\"").matcher(page);
        while (link.find()) {
            links.add(link.group(1).replace("&amp;", "&"));
        }
        return links;
    }

    private static String accountKey() {
        return SharedStore.connectionString().replaceAll(".*AccountKey=([^;]+);.*", "$1");
    }

    private static String submitted(String service, String output) {
        return client(service).submit(SampleClient.body("dashboard/in.csv", output));
    }

    private static String test(String service, Map<String, String> fields) {
        return browse.post(path(service) + "/test", fields).body();
    }

    private static String path(String service) {
        return "/portal/services/" + sandbox.service(service).serviceId();
    }

    private static HttpResponse<String> page(String service, String query) {
        return browse.get(path(service) + query);
    }

    private static HttpResponse<String> job(String service, String id) {
        return browse.get(path(service) + "/jobs/" + id);
    }

    private static SampleClient client(String name) {
        WebService service = sandbox.service(name);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }
}
