package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller.Answer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 5,000 requests by REST, from as many clients as the node takes at a time, each tenth of them sent twice. */
@Tag("slow")
class BurstTests {
    private static final int REQUESTS = 5_000;
    private static final int CLIENTS = 50;
    private static final int TWICE = 10;
    private static final long MEBIBYTE = 1024L * 1024L;
    private static final long FLAT = 64 * MEBIBYTE;

    /** 10 s on a machine of its own; machines that run tests have less to give. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNoneAndNeedsNoMoreMemoryAfterwards() throws Exception {
        new JobFolder(folder).definition("burst", "hangs", "").write("definitions/data/burst/a.csv", "text\na\n");
        Map<String, String> few = Map.of("orchestrator.endpoints.hangs.max-concurrent-jobs", "1");
        try (OrchestratorNode node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), few)) {
            Caller caller = new Caller(node.url());
            send(caller, "warm", 200);
            long before = used();

            long start = System.nanoTime();
            int repeated = send(caller, "burst", REQUESTS);
            Duration time = Duration.ofNanos(System.nanoTime() - start);

            long grown = used() - before;
            System.out.printf(
                    "%d requests by %d clients: %d ms, %d answered with 503 and repeated, %d KiB of memory more%n",
                    REQUESTS, CLIENTS, time.toMillis(), repeated, grown / 1024);
            JdbcClient jdbc = node.part(JdbcClient.class);
            assertThat(count(jdbc, "count(*)")).isEqualTo(REQUESTS);
            assertThat(count(jdbc, "count(DISTINCT occurrence)")).isEqualTo(REQUESTS);
            assertThat(count(jdbc, "sum(scorings)")).isEqualTo(REQUESTS);
            assertThat(grown).as("memory that stays in use").isLessThan(FLAT);
            assertThat(time).isLessThan(LONGEST);
        }
    }

    private static long count(JdbcClient jdbc, String what) {
        return jdbc.sql("SELECT " + what + " FROM run WHERE occurrence LIKE 'request:burst-%'")
                .query(Long.class)
                .single();
    }

    /** Sends requests with keys of their own, and returns how many answers were 503. */
    private static int send(Caller caller, String key, int requests) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger repeated = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                        for (int times = n % TWICE == 0 ? 2 : 1; times > 0; times--) {
                            repeated.addAndGet(accepted(caller, key + "-" + n));
                        }
                    }
                }));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
        return repeated.get();
    }

    private static int accepted(Caller caller, String key) {
        for (int repeated = 0; ; repeated++) {
            Answer answer = caller.post("/api/v1/runs", "{\"definition\": \"burst\"}", "Idempotency-Key", key);
            if (answer.status() == 201) {
                return repeated;
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
