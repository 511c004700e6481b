package dev.bes.orchestrator.node;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.database.ReservedConnection;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a node's sign of life says, and when it falls silent. */
class HeartbeatTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();

    private Heartbeat heart(String node, InstantSource clock) {
        return new Heartbeat(DATABASE.jdbc(), new Node(node), clock, nanos::get, LIMIT, new DatabaseState(nanos::get));
    }

    private static InstantSource off(Duration by) {
        return InstantSource.offset(InstantSource.system(), by);
    }

    private static List<Long> skews(String node) {
        return DATABASE.jdbc()
                .sql("SELECT skew_ms FROM node WHERE name = ?")
                .param(node)
                .query(Long.class)
                .list();
    }

    @Test
    void saysThatTheNodeIsThereAndThatItHasGone() {
        Heartbeat heart = heart("comes-and-goes", InstantSource.system());
        assertThat(heart.fit()).as("before the first beat").isFalse();

        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(heart.unfit()).isNull();
        assertThat(skews("comes-and-goes")).hasSize(1);

        heart.stop();
        assertThat(skews("comes-and-goes")).isEmpty();
        assertThat(heart.unfit()).isEqualTo("it is ending");
    }

    @Test
    void holdsWhatIsOursAndTellsWhatIsNot() {
        NewRun run = aRun().withScorings(2).build();
        RunParts node = DATABASE.node("holder");
        node.runs().accept(run);
        List<Claim> claims =
                node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 1, Duration.ZERO);
        Claim ours = claims.getFirst();
        Claim taken =
                node
                        .claims()
                        .claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 2, Duration.ZERO)
                        .stream()
                        .filter(c -> c.scoring() != ours.scoring())
                        .findFirst()
                        .orElseThrow();
        DATABASE.jdbc()
                .sql("UPDATE scoring SET epoch = epoch - 1 WHERE id = ?")
                .param(ours.scoring())
                .update();
        DATABASE.jdbc()
                .sql("UPDATE scoring SET epoch = epoch + 1, owner = 'b' WHERE id = ?")
                .param(taken.scoring())
                .update();

        assertThat(heart("holder", InstantSource.system()).beat(new HeldClaims(List.of(ours, taken)), LEASE))
                .containsExactly(taken.scoring());
        assertThat(DATABASE.node("b").claim(Sweep.LAUNCH, run))
                .as("only the one that nobody holds for long")
                .extracting(Claim::scoring)
                .containsExactly(taken.scoring());
    }

    @Test
    void takesNoWorkWithAClockThatIsOff() {
        for (Duration off : List.of(Duration.ofSeconds(2), Duration.ofMinutes(-90), Duration.ofHours(3))) {
            Heartbeat heart = heart("skewed", off(off));
            heart.beat(new HeldClaims(List.of()), LEASE);

            assertThat(heart.unfit()).contains("its clock is ", "orchestrator.node.skew-limit");
            assertThat(skews("skewed").getFirst()).isBetween(off.toMillis() - 900, off.toMillis() + 900);
        }
    }

    @Test
    void toleratesAClockThatIsOffByLess() {
        Heartbeat heart = heart("nearly-right", off(Duration.ofMillis(-300)));
        heart.beat(new HeldClaims(List.of()), LEASE);

        assertThat(heart.fit()).isTrue();
    }

    @Test
    void takesWorkAgainWhenTheClockIsSet() {
        Queue<Duration> offs = new ArrayDeque<>(List.of(Duration.ofHours(1), Duration.ofHours(1)));
        Heartbeat heart = heart("set-right", () -> {
            Duration off = offs.poll();
            return InstantSource.system().instant().plus(off == null ? Duration.ZERO : off);
        });

        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(heart.fit()).isFalse();
        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(heart.fit()).isTrue();
    }

    @Test
    void doesNotBlameTheClockForASlowAnswer() {
        Instant now = InstantSource.system().instant();
        Queue<Instant> times = new ArrayDeque<>(List.of(now.minusSeconds(20), now));
        Heartbeat heart = heart("patient", times::remove);

        heart.beat(new HeldClaims(List.of()), LEASE);

        assertThat(heart.fit()).as("ten seconds each way explain it").isTrue();
    }

    @Test
    void knowsThatItHasSlept() {
        Heartbeat heart = heart("sleeper", InstantSource.system());
        heart.beat(new HeldClaims(List.of()), Duration.ofSeconds(15));
        nanos.addAndGet(Duration.ofSeconds(14).toNanos());
        assertThat(heart.isFresh()).isTrue();

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(heart.isFresh()).isFalse();
        assertThat(heart.unfit()).isEqualTo("the database has not answered in time");

        heart.beat(new HeldClaims(List.of()), Duration.ofSeconds(15));
        assertThat(heart.fit()).isTrue();
    }

    @Test
    @Tag("slow")
    void fallsSilentWithTheDatabaseAndComesBackWithIt() throws Exception {
        DatabaseFixture own = DatabaseFixture.withConnections(1);
        own.dataSource().setConnectionTimeout(250);
        Heartbeat heart = new Heartbeat(
                own.jdbc(),
                new Node("waiting"),
                InstantSource.system(),
                nanos::get,
                LIMIT,
                new DatabaseState(nanos::get));
        heart.beat(new HeldClaims(List.of()), LEASE);
        try (Connection taken = own.dataSource().getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThatThrownBy(() -> heart.beat(new HeldClaims(List.of()), LEASE))
                    .isInstanceOf(DataAccessException.class);
            assertThat(heart.unfit()).isEqualTo("the database does not answer");
        }
        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(heart.unfit()).as("others come first").isEqualTo("it has only just reached the database again");
        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(heart.fit()).isTrue();
    }

    @Test
    void letsGoAfterASilenceOfWhatItIsNotWorkingOnAnyMore() {
        RunParts node = DATABASE.node("forgetful");
        NewRun run = aRun().withScorings(2).build();
        node.runs().accept(run);
        List<Claim> claims =
                node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 2, Duration.ZERO);
        Queue<RuntimeException> broken = new ArrayDeque<>();
        Heartbeat heart = heart("forgetful", () -> {
            if (!broken.isEmpty()) {
                throw broken.remove();
            }
            return InstantSource.system().instant();
        });
        heart.beat(new HeldClaims(List.of()), LEASE);
        assertThat(node.row(claims.getLast())).containsEntry("owner", "forgetful");
        broken.add(new IllegalStateException("the database was away"));
        assertThatThrownBy(() -> heart.beat(new HeldClaims(List.of()), LEASE))
                .isInstanceOf(IllegalStateException.class);

        heart.beat(new HeldClaims(List.of(claims.getFirst())), LEASE);

        assertThat(DATABASE.node("b").claim(Sweep.LAUNCH, run))
                .as("nobody is blamed for it")
                .singleElement()
                .satisfies(
                        c -> assertThat(c.scoring()).isEqualTo(claims.getLast().scoring()))
                .satisfies(c -> assertThat(c.expiredLeases()).isZero());
    }

    @Test
    void needsNoConnectionOfThePool() throws Exception {
        DatabaseFixture own = DatabaseFixture.withConnections(1);
        HikariConfig pool = own.dataSource();
        try (Connection taken = own.dataSource().getConnection();
                ReservedConnection reserved = new ReservedConnection(pool)) {
            assertThat(taken.isValid(1)).isTrue();
            JdbcClient jdbc = reserved.jdbc();
            Heartbeat heart = new Heartbeat(
                    jdbc,
                    new Node("reserved"),
                    InstantSource.system(),
                    nanos::get,
                    LIMIT,
                    new DatabaseState(nanos::get));

            heart.beat(new HeldClaims(List.of()), LEASE);

            assertThat(heart.fit()).isTrue();
        }
    }
}
