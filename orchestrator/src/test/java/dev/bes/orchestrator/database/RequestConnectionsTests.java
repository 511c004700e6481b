package dev.bes.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.DatabaseFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests get their share of the connections, and the engine all others. */
@ExtendWith(OutputCaptureExtension.class)
class RequestConnectionsTests {
    private static final Duration SOON = Duration.ofMillis(20);

    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseState state = new DatabaseState(nanos::get);
    private final RequestConnections requests = new RequestConnections(1, state, nanos::get);

    private Connection asRequest() throws SQLException {
        requests.enter();
        try {
            return requests.from(DatabaseFixture.shared().dataSource()::getConnection, SOON);
        } finally {
            requests.leave();
        }
    }

    @Test
    void givesTheNextRequestWhatTheLastOneHasClosed() throws SQLException {
        for (int i = 0; i < 3; i++) {
            Connection connection = asRequest();
            assertThat(connection.isValid(1)).isTrue();
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThatThrownBy(this::asRequest)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .satisfies(e -> assertThat(DatabaseFailure.of(e)).isEqualTo(DatabaseFailure.CROWDED));
            try (Connection engine = requests.from(DatabaseFixture.shared().dataSource()::getConnection, SOON)) {
                assertThat(engine.isValid(1)).isTrue();
            }
            connection.close();
            connection.close();
        }
    }

    @Test
    void losesNoPlaceToAConnectionThatCouldNotBeOpenedOrAStatementThatFailed() throws SQLException {
        requests.enter();
        assertThatThrownBy(() -> requests.from(
                        () -> {
                            throw new SQLException("refused", "08001");
                        },
                        SOON))
                .hasMessage("refused");
        requests.leave();
        try (Connection connection = asRequest()) {
            assertThatThrownBy(() -> connection.prepareStatement("nonsense").execute())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nonsense");
        }
        asRequest().close();
    }

    @Test
    void saysOnceThatThereAreTooManyAndOnceThatItIsOver(CapturedOutput output) throws SQLException {
        try (Connection taken = asRequest()) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(this::asRequest).isInstanceOf(SQLTransientConnectionException.class);
                requests.check();
            }
            assertThat(taken.isValid(1)).isTrue();
        }
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        requests.check();
        requests.check();

        assertThat(output.getAll()
                        .lines()
                        .filter(line -> line.contains("More requests than there are connections for")))
                .singleElement()
                .asString()
                .contains("orchestrator.database.request-connections");
    }

    @Test
    void takesAnOutageForNoCrowd(CapturedOutput output) throws SQLException {
        try (Connection taken = asRequest()) {
            assertThat(taken.isValid(1)).isTrue();
            state.failed(new SQLException("Connection refused", "08001"));

            assertThatThrownBy(this::asRequest)
                    .satisfies(e -> assertThat(DatabaseFailure.of(e)).isEqualTo(DatabaseFailure.NO_ANSWER));
        }
        assertThat(output).doesNotContain("More requests than");
    }

    @ParameterizedTest
    @CsvSource({", 16, 8", ", 6, 3", ", 1, 1", "15, 16, 15", "1, 16, 1"})
    void areHalfOfThePoolOrAsManyAsAreSet(@Nullable Integer set, int pool, int requests) {
        assertThat(new DatabaseSettings(Duration.ZERO, set).requestsOf(pool)).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "16, 16", "-1, 16"})
    void leaveSomeToTheEngine(int set, int pool) {
        assertThatThrownBy(() -> new DatabaseSettings(Duration.ZERO, set).requestsOf(pool))
                .hasMessageContainingAll("orchestrator.database.request-connections is " + set, "maximum-pool-size");
    }
}
