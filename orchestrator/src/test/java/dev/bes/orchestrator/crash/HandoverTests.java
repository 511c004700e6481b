package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.TestProxy;
import dev.bes.testbench.process.Signal;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon another node goes on with what one was in the middle of, with the lease that a node has by default. */
@Tag("slow")
class HandoverTests {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final int TERMINATED = 143;
    private static final int FILES = 6;

    @TempDir
    static Path folder;

    private static TestProxy gateway;
    private static Installation installation;

    @BeforeAll
    static void settle() {
        gateway = TestProxy.to(TestEnvironment.sandbox().managedUrl());
        installation = Installation.usual(NodeProgram.shared(), folder, "handover")
                .definition("many", "feature-hashing", "")
                .with("orchestrator.pipeline.lease", LEASE.toSeconds() + "s")
                .with("orchestrator.pipeline.max-concurrent-calls", 1)
                .with(
                        "orchestrator.endpoints.feature-hashing.url",
                        gateway.in(TestEnvironment.sandbox().managedUrl()
                                + TestEnvironment.sandbox()
                                        .service("SimpleFeatureHashingExperiment")
                                        .path()));
        for (int i = 1; i <= FILES; i++) {
            installation.file("definitions/data/many/" + i + ".csv", WorkKind.DAY);
        }
    }

    @AfterAll
    static void leave() {
        installation.close();
        gateway.close();
    }

    private long run;
    private String owner = "";

    /** A node is in the middle of a set, and another one is there. */
    @BeforeEach
    void beginWork() {
        installation.keepUp(2);
        // calls so slow that a set takes a while
        gateway.inject(new CallFault.Delay(Duration.ofSeconds(1)), CallMatcher.request("POST", "/jobs"));
        run = new RetryingCallers(installation).request("many");
        owner = await().atMost(PATIENCE)
                .until(
                        () -> installation
                                .jdbc
                                .sql("SELECT coalesce(max(i.node), '') FROM submit_intent i JOIN scoring s"
                                        + " ON s.id = i.scoring_id WHERE s.run_id = ?")
                                .param(run)
                                .query(String.class)
                                .single(),
                        node -> !node.isEmpty());
    }

    @Test
    void handsOverAtOnceWhenToldToEnd() {
        NodeProcess ending = installation.node(owner);
        long begin = System.nanoTime();
        ending.signal(Signal.TERM).signal(Signal.TERM);

        Duration took = untilAnotherMoves(begin);
        assertThat(took).as("until another node went on").isLessThan(LEASE);
        assertThat(ending.exitCode()).isEqualTo(TERMINATED);
        assertThat(count("SELECT count(*) FROM scoring WHERE owner = ?", owner)).isZero();
        assertThat(count("SELECT count(*) FROM node WHERE name = ?", owner)).isZero();
        System.out.printf("From SIGTERM to another node's first move: %d ms%n", took.toMillis());
        isDoneOnce();
    }

    @Test
    void takesOverFromAKilledNodeWithinHalfAMinute() {
        NodeProcess dying = installation.node(owner);
        long begin = System.nanoTime();
        dying.close();
        gateway.clear();

        Duration took = untilAnotherMoves(begin);
        assertThat(took).as("until another node went on").isLessThan(Duration.ofSeconds(30));
        System.out.printf(
                "From kill -9 to another node's first move, with the default lease: %d ms%n", took.toMillis());
        isDoneOnce();
    }

    private Duration untilAnotherMoves(long begin) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> count(
                                "SELECT count(*) FROM history WHERE scoring_id IS NOT NULL AND run_id = " + run
                                        + " AND node <> ?",
                                owner)
                        > 0);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void isDoneOnce() {
        installation.awaitEnd(run);
        new RunVerification(installation, run).isScoredOnce(FILES);
    }

    private static long count(String sql, Object parameter) {
        return installation.jdbc.sql(sql).param(parameter).query(Long.class).single();
    }
}
