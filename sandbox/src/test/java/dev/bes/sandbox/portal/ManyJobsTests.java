package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.SampleClient;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.portal.services.ServicePages;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.settings.ServiceTime;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a service with 10,000 jobs. */
@Tag("slow")
class ManyJobsTests {

    private static final int JOBS = 10_000;
    private static final Pattern ROW = Pattern.compile("/jobs/([0-9a-f]{32})\"");
    private static final Catalogue CATALOGUE = Catalogue.demo();

    @TempDir
    Path folder;

    @Test
    void showsTenThousandJobsPageByPageAndEachOnce() {
        InstantSource clock = InstantSource.system();
        Blobs blobs = new Blobs(SharedStore.connectionString());
        RuntimeSettings settings = new RuntimeSettings(
                ServiceTime.NONE, Assumptions.SAFE, RrsCapacity.DEFAULT, BatchEndpointSettings.DEFAULT);
        ResultLinks links = new ResultLinks(blobs, settings, clock);
        try (Journal journal = Journal.open(folder.resolve("journal.jsonl"), clock);
                BatchExecution batch = new BatchExecution(journal, blobs, links, settings, 40, clock);
                HttpPort port = HttpPort.open(0, portal(batch, links))) {
            WebService service = CATALOGUE.named("HangsForever");
            for (int i = 0; i < JOBS; i++) {
                batch.submit(service, SampleClient.body("many/in.csv", "many/out.csv"));
            }

            Browse browse = new Browse(port.url());
            String path = "/portal/services/" + service.serviceId();
            String first = browse.get(path).body();
            assertThat(ids(first)).hasSize(50);
            assertThat(first).contains("1–50 of 10000").doesNotContain("Newer jobs");
            assertThat(browse.get(path + "?page=200").body())
                    .contains("9951–10000 of 10000")
                    .doesNotContain("Older jobs");
            Set<String> all = new LinkedHashSet<>();
            for (int page = 1; page <= 200; page++) {
                all.addAll(ids(browse.get(path + "?page=" + page).body()));
            }
            assertThat(all).hasSize(JOBS);
        }
    }

    private static Portal portal(BatchExecution batch, ResultLinks links) {
        Pages pages = new Pages();
        return new Portal(
                pages, new ServicePages(pages, CATALOGUE, batch, links, request -> Reply.noContent(), "any").routes());
    }

    private static Set<String> ids(String page) {
        return ROW.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
