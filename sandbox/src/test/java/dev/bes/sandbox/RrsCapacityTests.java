package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.settings.RrsCapacity;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RrsCapacityTests {

    private static final String BODY =
            "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"This is a good day\"]]}}}";
    private static final int LIMIT = 4;

    private static final SettableClock clock = new SettableClock();
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withClock(clock));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void reset() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT);
    }

    @Test
    void refusesWhatIsBeyondTheConcurrencyOfAnEndpoint() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCalls(LIMIT).withCallTime(Duration.ofSeconds(2)));

        List<HttpResponse<String>> replies = atOnce(LIMIT + 3);

        assertThat(replies).filteredOn(it -> it.statusCode() == 200).hasSize(LIMIT);
        assertThat(replies)
                .filteredOn(it -> it.statusCode() == 503)
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.body())
                        .isEqualTo("{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"Service is temporarily"
                                + " unavailable.\",\"details\":[{\"code\":\"RequestThrottled\",\"message\":\"Request was"
                                + " throttled for SimpleFeatureHashingExperiment endpoint. The maximum concurrency for"
                                + " the endpoint is 4.\"}]}}"));
        assertThat(execute("SimpleFeatureHashingExperiment").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsBeyondTheConcurrencyOfAll() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCallsInAll(1).withCallTime(Duration.ofSeconds(2)));

        List<HttpResponse<String>> replies = atOnce(3);

        assertThat(replies).filteredOn(it -> it.statusCode() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(it -> it.statusCode() == 503)
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.body())
                        .contains("{\"code\":\"TooManyConcurrentRequests\",\"message\":\"Too many concurrent"
                                + " requests sent.\"}"));
    }

    @Test
    void initializesContainersForTheFirstCalls() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withInitializing(Duration.ZERO, 2));

        assertThat(statuses(3)).containsExactly(503, 503, 200);
        assertThat(statuses(1)).containsExactly(200);
    }

    @Test
    void initializesContainersForTheFirstTime() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withInitializing(Duration.ofSeconds(30), 0));

        assertThat(execute("SimpleFeatureHashingExperiment").body())
                .isEqualTo("{\"error\":{\"code\":\"InitializingContainers\",\"message\":\"The request cannot execute as"
                        + " the containers are being initialized.\",\"details\":[]}}");
        clock.advance(Duration.ofSeconds(29));
        assertThat(statuses(1)).containsExactly(503);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statuses(1)).containsExactly(200);
    }

    @Test
    void freesTheCapacityOfACallThatIsRefused() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCallsInAll(1));

        assertThat(execute("AlwaysFails").statusCode()).isEqualTo(400);
        assertThat(execute("AlwaysFails").statusCode()).isEqualTo(400);
    }

    private static List<Integer> statuses(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> execute("SimpleFeatureHashingExperiment").statusCode())
                .toList();
    }

    private static List<HttpResponse<String>> atOnce(int calls) {
        List<CompletableFuture<HttpResponse<String>>> replies = IntStream.range(0, calls)
                .mapToObj(i -> async("SimpleFeatureHashingExperiment"))
                .toList();
        return replies.stream().map(CompletableFuture::join).toList();
    }

    private static CompletableFuture<HttpResponse<String>> async(String name) {
        return CompletableFuture.supplyAsync(() -> execute(name), Thread::startVirtualThread);
    }

    private static HttpResponse<String> execute(String name) {
        WebService service = sandbox.service(name);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey())
                .call("POST", "/execute?api-version=2.0", BODY);
    }
}
