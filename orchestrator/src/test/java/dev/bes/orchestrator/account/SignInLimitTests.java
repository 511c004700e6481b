package dev.bes.orchestrator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.DatabaseFixture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has to wait after failures, and who does not. */
@Tag("slow")
class SignInLimitTests {
    private static final InetAddress HOME = address("192.0.2.1");

    private final DatabaseFixture database = DatabaseFixture.shared();
    private final SignInLimit limit = new SignInLimit(database.jdbc(), new Transactions(database.transactions()));

    @BeforeEach
    void forget() {
        database.jdbc().sql("DELETE FROM sign_in_attempt").update();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    private void fail(String user, InetAddress address, int times) {
        for (int i = 0; i < times; i++) {
            limit.attempt(user, address);
        }
    }

    private void age(String interval) {
        database.jdbc()
                .sql("UPDATE sign_in_attempt SET last_at = last_at - CAST(:age AS interval)")
                .param("age", interval)
                .update();
    }

    @Test
    void waitsLongerAfterEachFailureAndFifteenMinutesAtMost() {
        fail("alice", HOME, 5);
        assertThat(limit.attempt("alice", HOME)).hasValue(Duration.ofSeconds(1));
        age("2 s");
        assertThat(limit.attempt("alice", HOME)).as("the sixth").isEmpty();
        assertThat(limit.attempt("alice", HOME)).hasValue(Duration.ofSeconds(2));
        database.jdbc().sql("UPDATE sign_in_attempt SET failures = 49").update();
        assertThat(limit.attempt("alice", HOME).orElseThrow())
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        age("16 min");
        assertThat(limit.attempt("alice", HOME)).isEmpty();
    }

    @Test
    void countsAttemptsAtTheSameTimeBeforeTheirPasswordsAreLookedAt() {
        long tried = IntStream.range(0, 30)
                .parallel()
                .filter(i -> limit.attempt("alice", HOME).isEmpty())
                .count();
        assertThat(tried).isEqualTo(5);
    }

    @Test
    void locksNobodyOutByFailuresInHisNameFromElsewhere() {
        limit.attempt("admin", HOME);
        limit.succeeded("admin", HOME);
        for (int i = 0; i < 60; i++) {
            limit.attempt("admin", address("198.51.100." + i));
        }
        assertThat(limit.attempt("admin", address("203.0.113.9")))
                .as("an unknown address")
                .isPresent();
        assertThat(limit.attempt("admin", HOME)).as("where he signed in before").isEmpty();
    }

    @Test
    void limitsAnAddressWhateverNamesItTries() {
        for (int i = 0; i < 50; i++) {
            assertThat(limit.attempt("user-" + i, HOME)).isEmpty();
        }
        assertThat(limit.attempt("another", HOME)).isPresent();
        assertThat(limit.attempt("another", address("192.0.2.2"))).isEmpty();
    }

    @Test
    void doesNotCountASuccessAsAFailure() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.attempt("alice", HOME)).as("sign-in %d", i).isEmpty();
            limit.succeeded("alice", HOME);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "::ffff:192.0.2.1, 192.0.2.1, true"
    })
    void takesAnIpv6NetworkForOneCaller(String one, String other, boolean same) {
        assertThat(SignInLimit.network(address(one)).equals(SignInLimit.network(address(other))))
                .isEqualTo(same);
    }

    @Test
    void forgetsWhatCountsNoLonger() {
        fail("alice", HOME, 1);
        age("2 days");
        limit.purge();
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM sign_in_attempt")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
