package dev.bes.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Azure SDK is told by the stub. */
class StubBlobsTests {
    private final Stub stub = Stub.open(JobDuration.always(Duration.ZERO));
    private final BlobContainerClient lake = new BlobServiceClientBuilder()
            .connectionString(new StubAddress(stub.url()).connectionString())
            .buildClient()
            .createBlobContainerIfNotExists("lake");

    @AfterEach
    void close() {
        stub.close();
    }

    private void put(String name, String content) {
        lake.getBlobClient(name).upload(BinaryData.fromString(content));
    }

    private List<String> below(String prefix) {
        return lake.listBlobsByHierarchy("/", new ListBlobsOptions().setPrefix(prefix), null).stream()
                .map(BlobItem::getName)
                .toList();
    }

    @Test
    void areListedBelowAPrefix() {
        put("in/b.csv", "12345");
        put("in/a.csv", "");
        put("out/a.csv", "");

        assertThat(below("in/")).containsExactly("in/a.csv", "in/b.csv");
        assertThat(lake.listBlobs().stream()
                        .filter(blob -> blob.getName().equals("in/b.csv"))
                        .findFirst()
                        .orElseThrow()
                        .getProperties()
                        .getContentLength())
                .isEqualTo(5);
    }

    @Test
    void areListedPageByPage() {
        List<String> names = IntStream.range(10_000, 15_002)
                .mapToObj(i -> "in/" + i + ".csv")
                .toList();
        names.forEach(name -> put(name, ""));

        assertThat(below("in/")).isEqualTo(names);
    }
}
