package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static dev.bes.sandbox.SampleClient.byKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LargeDataTests {

    private final Sandbox sandbox = Sandbox.start(SharedStore.options());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void givesBackEveryRowOfTheBirdStrikes() throws IOException {
        Path sample = Path.of("../job-definitions/samples/birdstrikes.csv");
        SharedStore.blob("large/birds.csv").uploadFromFile(sample.toString(), true);

        run("large/birds.csv", "large/scored-birds.csv", "Wildlife Species");

        List<NamedCsvRecord> before = rows(CsvReader.builder().ofNamedCsvRecord(sample));
        List<NamedCsvRecord> after =
                rows(CsvReader.builder().ofNamedCsvRecord(SharedStore.get("large/scored-birds.csv")));
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.getLast().getHeader()).hasSize(14 + 8).endsWith("Wildlife Species_HashingFeature.7");
        assertThat(after.getLast().getFields().subList(0, 14))
                .isEqualTo(before.getLast().getFields());
    }

    @Test
    void writesAnOutputOfManyBlocks() {
        String line = "x".repeat(1000) + ",This is a good day\n";
        SharedStore.put("large/long.csv", "Col1,Col2\n" + line.repeat(10_000));

        run("large/long.csv", "large/scored-long.csv", "Col2");

        String scored = SharedStore.get("large/scored-long.csv");
        assertThat(scored.lines().count()).isEqualTo(10_001);
        assertThat(scored.lines().skip(1)).allMatch(it -> it.endsWith(",1,1,2,2,0,2,0,1"));
    }

    private void run(String in, String out, String column) {
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        var client = new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
        String id = client.submit(body(byKey(in), byKey(out), Map.of("Target column", column)));
        client.start(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> client.state(id), "Finished"::equals);
    }

    private static List<NamedCsvRecord> rows(CsvReader<NamedCsvRecord> reader) throws IOException {
        try (reader) {
            return reader.stream().toList();
        }
    }
}
