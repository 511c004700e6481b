package dev.bes.testbench.demo.client;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.testbench.demo.environment.DemoFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.core.io.FileSystemResource;

/** What the demo asks of the orchestrator. A call that does not succeed ends the demo. */
public final class DemoClient {

    /** The definition that the demo shows. */
    public static final String DEFINITION = "birdstrikes";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final OrchestratorClient client;

    /** A client of the orchestrator at this address. */
    public DemoClient(URI url) {
        this.client = new OrchestratorClient(url, CONNECT, TIMEOUT);
    }

    /** Whether the service reports that it is ready; false when it does not answer. */
    public boolean isReady() {
        return client.isReady();
    }

    /** All runs of the definition, oldest first, with everything that is known of them. */
    public List<RunDetailJson> runs() {
        return orFail(() -> client.api().runs(null, DEFINITION, null, null).runs().stream()
                .map(RunJson::id)
                .sorted()
                .map(client.api()::run)
                .toList());
    }

    /** A run with everything that is known of it. */
    public RunDetailJson run(long id) {
        return orFail(() -> client.api().run(id));
    }

    /** Requests a run with a file. */
    public AcceptedRun request(Path file, String key) {
        return request(DEFINITION, file, key);
    }

    /** Requests a run of a definition with a file. */
    public AcceptedRun request(String definition, Path file, String key) {
        Map<String, FileSystemResource> files = Map.of("input1", new FileSystemResource(file));
        return orFail(() -> client.request(NewRunJson.of(definition), files, key));
    }

    /** The body of an answer, unchanged. */
    public String body(String path) {
        return orFail(() -> client.text(path));
    }

    private static <T> T orFail(Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiException e) {
            throw new DemoFailure("The orchestrator: " + e.getMessage(), e);
        }
    }
}
