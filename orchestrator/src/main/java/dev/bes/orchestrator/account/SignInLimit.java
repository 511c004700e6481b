package dev.bes.orchestrator.account;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.text.Sha256;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits attempts to sign in: by user and address together, by address, and by user. An address from which a user has signed in lately is not held
 * to the limit by user: nobody can lock a user out by failing in his name from elsewhere. All nodes count in the same
 * rows. An attempt that has to wait is not counted.
 */
@Component
public class SignInLimit {
    private static final int BY_BOTH = 5;
    private static final int BY_ADDRESS = 50;
    private static final int BY_USER = 50;
    private static final int NETWORK_BYTES = 8;

    // the rows exist, so they are locked in one order: no deadlock
    private static final String ENSURE = """
            INSERT INTO sign_in_attempt (subject, last_at) SELECT unnest(:subjects), '-infinity'
            ON CONFLICT DO NOTHING""";

    private static final String LOCK =
            "SELECT FROM sign_in_attempt WHERE subject = ANY(:subjects) ORDER BY subject FOR UPDATE";

    private static final String WAIT = """
            WITH counted AS (
                SELECT subject, succeeded_at, last_at,
                    CASE WHEN last_at > clock_timestamp() - interval '15 min' THEN failures ELSE 0 END AS failures
                FROM sign_in_attempt WHERE subject = ANY(:subjects)),
            waits AS (
                SELECT last_at + least(900, power(2, failures - :both)) * interval '1 s' AS until
                FROM counted WHERE subject = :bothSubject AND failures >= :both
                UNION ALL
                SELECT last_at + interval '30 s' FROM counted WHERE subject = :addressSubject AND failures >= :address
                UNION ALL
                SELECT last_at + interval '30 s' FROM counted WHERE subject = :userSubject AND failures >= :user
                    AND NOT EXISTS (SELECT FROM counted WHERE subject = :bothSubject
                        AND succeeded_at > clock_timestamp() - interval '30 days'))
            SELECT ceil(extract(epoch FROM max(until) - clock_timestamp()))::bigint FROM waits""";

    private static final String COUNT = """
            UPDATE sign_in_attempt SET last_at = clock_timestamp(),
                failures = CASE WHEN last_at > clock_timestamp() - interval '15 min' THEN least(failures, 1000) ELSE 0 END + 1
            WHERE subject = ANY(:subjects)""";

    private static final String SUCCEEDED = """
            UPDATE sign_in_attempt SET failures = CASE WHEN subject = :both THEN 0 ELSE greatest(0, failures - 1) END,
                succeeded_at = CASE WHEN subject = :both THEN now() END
            WHERE subject = ANY(:subjects)""";

    private static final String PURGE = """
            DELETE FROM sign_in_attempt
            WHERE last_at < now() - interval '1 day' AND coalesce(succeeded_at < now() - interval '30 days', true)""";

    private final JdbcClient jdbc;
    private final Transactions transactions;

    SignInLimit(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Subjects(String user, String address, String both) {
        static Subjects of(String user, InetAddress address) {
            String network = network(address);
            return new Subjects(
                    Sha256.of("user " + user),
                    Sha256.of("address " + network),
                    Sha256.of("both " + network + " " + user));
        }

        String[] all() {
            return Stream.of(user, address, both).sorted().toArray(String[]::new);
        }
    }

    /**
     * Counts an attempt as failed before its password is looked at, so that attempts at the same time count, too.
     *
     * @return how long the caller has to wait; empty if he may try
     */
    public Optional<Duration> attempt(String user, InetAddress address) {
        Subjects subjects = Subjects.of(user, address);
        return transactions.run(() -> {
            sql(ENSURE, subjects).update();
            sql(LOCK, subjects).query((row, number) -> 0).list();
            Long seconds = sql(WAIT, subjects)
                    .param("userSubject", subjects.user)
                    .param("addressSubject", subjects.address)
                    .param("bothSubject", subjects.both)
                    .param("user", BY_USER)
                    .param("address", BY_ADDRESS)
                    .param("both", BY_BOTH)
                    .query(Long.class)
                    .list()
                    .getFirst();
            if (seconds != null && seconds > 0) {
                return Optional.of(Duration.ofSeconds(seconds));
            }
            sql(COUNT, subjects).update();
            return Optional.empty();
        });
    }

    /** The attempt was no failure. */
    public void succeeded(String user, InetAddress address) {
        Subjects subjects = Subjects.of(user, address);
        transactions.run(() -> {
            sql(LOCK, subjects).query((row, number) -> 0).list();
            return sql(SUCCEEDED, subjects).param("both", subjects.both).update();
        });
    }

    /** Removes rows that count no longer. */
    public void purge() {
        jdbc.sql(PURGE).update();
    }

    /** One who has an IPv6 address has 2^64 of them. */
    static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private JdbcClient.StatementSpec sql(String sql, Subjects subjects) {
        return jdbc.sql(sql).param("subjects", subjects.all());
    }
}
