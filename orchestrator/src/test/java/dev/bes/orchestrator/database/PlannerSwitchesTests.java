package dev.bes.orchestrator.database;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims and moves are planned by index; what others ask over the same connections is planned as PostgreSQL does by itself. */
class PlannerSwitchesTests {
    private static final Map<String, String> BY_INDEX =
            Map.of("enable_hashjoin", "off", "enable_mergejoin", "off", "enable_seqscan", "off", "jit", "off");

    // one connection, so that whoever asks has the one that the others had
    private final DatabaseFixture databaseFixture = DatabaseFixture.withConnections(1);
    private final RunParts node = databaseFixture.node("a");
    private final Map<String, String> usual = seen(databaseFixture.jdbc());

    /** What a report sees. */
    private static Map<String, String> seen(JdbcClient jdbc) {
        Map<String, String> settings = new TreeMap<>();
        jdbc.sql("SELECT name, setting FROM pg_settings WHERE name = ANY(?)")
                .param(BY_INDEX.keySet().toArray(String[]::new))
                .query(row -> {
                    settings.put(row.getString("name"), row.getString("setting"));
                });
        return settings;
    }

    /** What the same report sees in the transaction of some work. */
    private Map<String, String> seenWith(Runnable work) {
        return Objects.requireNonNull(new TransactionTemplate(databaseFixture.transactions()).execute(status -> {
            work.run();
            return seen(databaseFixture.jdbc());
        }));
    }

    @Test
    void areSeenInTransactionsThatClaimAndMoveAndInNoOther() {
        assertThat(usual).containsEntry("enable_seqscan", "on").containsEntry("enable_hashjoin", "on");
        NewRun run = aRun().withScorings(3).build();
        assertThat(seenWith(() -> node.runs().accept(run))).as("accept").isEqualTo(BY_INDEX);
        assertThat(seen(databaseFixture.jdbc())).isEqualTo(usual);

        List<Claim> claims = node.claim(Sweep.LAUNCH, run);
        assertThat(claims).hasSize(3);
        assertThat(seen(databaseFixture.jdbc())).isEqualTo(usual);
        assertThat(seenWith(() -> node.claim(Sweep.LAUNCH, aRun().build())))
                .as("claim")
                .isEqualTo(BY_INDEX);
        assertThat(seenWith(() -> node.claims().renew(claims, Duration.ofHours(2))))
                .as("renew")
                .isEqualTo(BY_INDEX);
        assertThat(seenWith(() -> node.moves().apply(List.of(Move.failed(claims.getFirst(), "it broke", null)))))
                .as("move")
                .isEqualTo(BY_INDEX);
        assertThat(seenWith(() -> node.cancellation().cancel(claims.getFirst().run(), Actor.user("ada"))))
                .as("cancel")
                .isEqualTo(BY_INDEX);
        assertThat(seenWith(() -> node.reader().find(claims.getFirst().run())))
                .as("read")
                .isEqualTo(usual);
        assertThat(seen(databaseFixture.jdbc())).as("afterwards").isEqualTo(usual);
    }

    @Test
    void goWithAStatementThatHasNoTransactionOfItsOwn() {
        JdbcClient switched = new PlannerSwitches(databaseFixture.dataSource()).jdbc();

        assertThat(seen(switched)).isEqualTo(BY_INDEX);
        assertThat(seen(databaseFixture.jdbc())).isEqualTo(usual);
        assertThat(switched.sql("UPDATE node SET skew_ms = 1 WHERE name = :name")
                        .param("name", "nobody")
                        .update())
                .isZero();
        assertThatThrownBy(() ->
                        switched.sql("INSERT INTO node (name) VALUES (NULL)").update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(seen(databaseFixture.jdbc())).as("after a failure").isEqualTo(usual);
    }
}
