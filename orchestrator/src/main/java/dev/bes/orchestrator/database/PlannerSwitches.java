package dev.bes.orchestrator.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes PostgreSQL use indexes for claims and moves, whatever its statistics say. Each statement carries the planner switches
 * in the same message, and they last until its transaction ends. So they cost no round trip and no commit, and no other
 * statement on the same connection inherits them. Decision 0042.
 */
@Component
public final class PlannerSwitches {
    /** Ahead of a statement. A statement that set them itself would be planned before it does. */
    public static final String AHEAD = """
            SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true);
            """;

    private final JdbcClient jdbc;

    /** Creates a client whose statements carry the switches; other users of the data source do not. */
    public PlannerSwitches(DataSource dataSource) {
        JdbcClient client = JdbcClient.create(new Behind(dataSource));
        this.jdbc = statement -> client.sql(AHEAD + statement);
    }

    /** Runs single statements with the switches, in the current transaction or in their own. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Returns the second of two results: the first is that of the switches. */
    private static final class Behind extends JdbcTemplate {
        Behind(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public <T extends @Nullable Object> T query(
                PreparedStatementCreator creator,
                @Nullable PreparedStatementSetter setter,
                ResultSetExtractor<T> rows) {
            return execute(creator, statement -> {
                run(statement, setter);
                try (ResultSet result = statement.getResultSet()) {
                    return rows.extractData(result);
                }
            });
        }

        @Override
        protected int update(PreparedStatementCreator creator, @Nullable PreparedStatementSetter setter) {
            return execute(creator, statement -> {
                run(statement, setter);
                return statement.getUpdateCount();
            });
        }

        private static void run(PreparedStatement statement, @Nullable PreparedStatementSetter setter)
                throws SQLException {
            if (setter != null) {
                setter.setValues(statement);
            }
            statement.execute();
            statement.getMoreResults();
        }
    }
}
