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

    private static HttpResponse<String> page(String service, String query) {
        return browse.get("/portal/services/" + sandbox.service(service).serviceId() + query);
    }

    private static HttpResponse<String> job(String service, String id) {
        return browse.get("/portal/services/" + sandbox.service(service).serviceId() + "/jobs/" + id);
    }

    private static SampleClient client(String name) {
        WebService service = sandbox.service(name);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }
}
