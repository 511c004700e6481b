package dev.bes.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An outage has one begin and one end, and only what follows from it is kept out of the log. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseStateTests {
    private final SQLException away = new SQLException("Connection refused", "08001");
    private final SQLException readOnly = new SQLException("cannot execute INSERT", "25006");

    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseState state = new DatabaseState(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void saysEachReasonOnceHoweverManyMeetIt(CapturedOutput output) {
        for (int i = 0; i < 100; i++) {
            state.failed(away);
            state.failed(readOnly);
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("The database does not answer")))
                .hasSize(1);
        assertThat(output.getAll().lines().filter(line -> line.contains("The database takes no changes (read-only)")))
                .hasSize(1);
        assertThat(state.outage()).isEqualTo("the database takes no changes (read-only)");
    }

    @Test
    void isOverOnlyWhenTheHeartbeatHasWrittenAndNobodyElseFails() {
        AtomicInteger back = new AtomicInteger();
        state.onRecovery(back::incrementAndGet);
        state.failed(readOnly);
        state.worked();
        assertThat(state.outage()).as("somebody has just failed").isNotNull();

        pass(Duration.ofSeconds(5));
        assertThat(state.outage()).as("nobody has written").isNotNull();
        state.worked();
        assertThat(state.outage()).isNull();
        state.worked();
        assertThat(back).hasValue(1);
    }

    @Test
    void isNoneWhereASingleStatementOrOurOwnSideFailed() {
        state.failed(new SQLException("deadlock", "40P01"));
        state.failed(new SQLException("unique", "23505"));
        state.missed(new IllegalStateException("ours"));

        assertThat(state.outage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "org.quartz.core.ErrorLogger, ERROR, 08006, DENY",
        "org.springframework.scheduling.quartz.LocalDataSourceJobStore, ERROR, 25006, DENY",
        "com.zaxxer.hikari.pool.ProxyConnection, WARN, 57P01, DENY",
        "dev.bes.orchestrator.web.health.AdmissionHealthIndicator, WARN, 08006, DENY",
        "org.quartz.core.ErrorLogger, ERROR, 42P01, NEUTRAL",
        "org.quartz.core.ErrorLogger, INFO, 08006, NEUTRAL",
        "org.springframework.scheduling.support.TaskUtils$LoggingErrorHandler, ERROR, 23505, NEUTRAL",
        "dev.bes.orchestrator.pipeline.sweep.SweepLoops, ERROR, 08006, NEUTRAL",
        "com.example.Other, ERROR, 08006, NEUTRAL",
    })
    void keepsOutOfTheLogOnlyWhatFollowsFromIt(String logger, String level, String sqlState, FilterReply during) {
        try (OutageLogFilter noise = new OutageLogFilter(state)) {
            Logger whose = (Logger) LoggerFactory.getLogger(logger);
            RuntimeException thrown = new IllegalStateException("Something failed", new SQLException("", sqlState));
            Level how = Level.valueOf(level);
            assertThat(noise.decide(null, whose, how, "{}", null, thrown))
                    .as("before")
                    .isEqualTo(FilterReply.NEUTRAL);

            state.failed(away);
            assertThat(noise.decide(null, whose, how, "{}", null, thrown)).isEqualTo(during);
            assertThat(noise.decide(null, whose, how, "{} {}", new Object[] {1, thrown}, null))
                    .as("among the arguments")
                    .isEqualTo(during);
            assertThat(noise.decide(null, whose, how, "{}", null, null))
                    .as("without a reason")
                    .isEqualTo(FilterReply.NEUTRAL);

            pass(Duration.ofSeconds(5));
            state.worked();
            pass(Duration.ofMinutes(2));
            assertThat(noise.decide(null, whose, how, "{}", null, thrown))
                    .as("long after")
                    .isEqualTo(FilterReply.NEUTRAL);
        }
    }
}
