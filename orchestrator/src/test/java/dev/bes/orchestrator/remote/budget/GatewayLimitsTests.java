package dev.bes.orchestrator.remote.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.CallBudget.Permit;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Three nodes that call as much as they may, and a real gateway that counts. */
@Tag("slow")
class GatewayLimitsTests {
    /** A minute is 300 ms, a week 50 minutes: product Starter allows 5 calls in the one and 100 in the other. */
    private static final double SCALE = 0.005;

    private static final List<CallLimit> LIMITS =
            List.of(new CallLimit(5, Duration.ofMillis(300)), new CallLimit(100, Duration.ofMillis(3_024_000)));

    private final DatabaseFixture databaseFixture = DatabaseFixture.shared();
    private final String name = "budget-" + UUID.randomUUID();

    @Test
    void areKeptByThreeNodesThatCallAsMuchAsTheyMay() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeriodScale(SCALE));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(sandbox.managedUrl()
                            + sandbox.service("SimpleFeatureHashingExperiment").path()
                            + "/jobs/none?api-version=2.0"))
                    .header(
                            "Ocp-Apim-Subscription-Key",
                            sandbox.subscription("starter").primaryKey())
                    .build();
            List<List<Integer>> answers = Parallel.all(IntStream.range(0, 3)
                    .<Callable<List<Integer>>>mapToObj(i -> () -> callUntilTheQuotaIsUsedUp(client, ask))
                    .toList());

            assertThat(answers.stream().flatMap(List::stream))
                    .as("all of the quota, and no 429 and no 403 for it")
                    .hasSize(98)
                    .doesNotContain(429, 403);
        }
    }

    private List<Integer> callUntilTheQuotaIsUsedUp(HttpClient client, HttpRequest ask)
            throws IOException, InterruptedException {
        SharedBudget node = new SharedBudget(
                name,
                new SharedBackoff(databaseFixture.jdbc(), name, InstantSource.system()),
                new CallLedger(
                        databaseFixture.jdbc(), new TransactionTemplate(databaseFixture.transactions()), name, LIMITS),
                Budgets.drawLimits(LIMITS, Duration.ofSeconds(5)),
                System::nanoTime);
        List<Integer> answers = new ArrayList<>();
        for (; ; ) {
            try {
                Permit permit = node.acquire(CallPriority.URGENT);
                answers.add(client.send(ask, BodyHandlers.discarding()).statusCode());
                permit.answered();
                node.settle();
            } catch (Throttled e) {
                if (e.retryAfter().compareTo(Duration.ofMinutes(1)) > 0) {
                    return answers;
                }
                LockSupport.parkNanos(e.retryAfter().toNanos());
            }
        }
    }
}
