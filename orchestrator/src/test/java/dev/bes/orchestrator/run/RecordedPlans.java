package dev.bes.orchestrator.run;

import static java.util.stream.Collectors.toSet;

import dev.bes.orchestrator.database.PlannerSwitches;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plans by which PostgreSQL ran the statements that went over some connections, whoever sent them, down to those that
 * its own constraints make.
 */
public final class RecordedPlans {
    private static final String TELL = """
            LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on;
            SET auto_explain.log_timing = off; SET auto_explain.log_nested_statements = on;
            SET auto_explain.log_format = json; SET auto_explain.log_level = notice; SET synchronous_commit = off""";

    /** How the statement begins that says how the one after it is planned. */
    private static final String SWITCHES = PlannerSwitches.AHEAD.substring(0, 40);

    private final List<JsonNode> plans = new CopyOnWriteArrayList<>();

    /** The plans of what some work has the database do. */
    public List<Plan> of(Runnable work) {
        plans.clear();
        work.run();
        return plans.stream().map(Plan::new).toList();
    }

    /** Tables of ours that were read from the first row to the last, each with the statement that did it. */
    public static Map<String, String> readWhole(List<Plan> plans) {
        Map<String, String> whole = new TreeMap<>();
        plans.forEach(plan -> plan.readWhole()
                .forEach(table -> whole.put(table, plan.json.path("Query Text").asString(""))));
        return whole;
    }

    /** One statement as it was run. */
    public record Plan(JsonNode json) {
        private Stream<String> readWhole() {
            return scans(json.path("Plan"))
                    .filter(node -> node.path("Node Type").asString("").equals("Seq Scan"))
                    .map(node -> node.path("Relation Name").asString(""))
                    .filter(table -> !table.startsWith("pg_"));
        }

        /** How many rows of a table it looked at. */
        public long read(String table) {
            return Math.round(scans(json.path("Plan"))
                    .filter(node -> node.path("Relation Name").asString("").equals(table))
                    .filter(node -> node.path("Node Type").asString("").endsWith("Scan"))
                    .mapToDouble(Plan::rows)
                    .sum());
        }

        /** The indexes that rows of a table were looked for by. */
        public Set<String> indexes(String table) {
            return scans(json.path("Plan"))
                    .filter(node -> node.path("Relation Name").asString("").equals(table))
                    .map(node -> node.path("Index Name").asString(""))
                    .filter(name -> !name.isEmpty())
                    .collect(toSet());
        }

        private static double rows(JsonNode node) {
            return node.path("Actual Loops").asDouble(0)
                    * (node.path("Actual Rows").asDouble(0)
                            + node.path("Rows Removed by Filter").asDouble(0)
                            + node.path("Rows Removed by Index Recheck").asDouble(0));
        }

        private static Stream<JsonNode> scans(JsonNode node) {
            Stream<JsonNode> below = StreamSupport.stream(node.path("Plans").spliterator(), false);
            return Stream.concat(Stream.of(node), below.flatMap(Plan::scans));
        }
    }

    /** The same connections, overheard. */
    DataSource over(DataSource dataSource) {
        return proxy(DataSource.class, dataSource, (method, result) -> connection(result));
    }

    private Object connection(Object made) {
        return made instanceof Connection connection
                ? proxy(Connection.class, telling(connection), (method, result) -> statement(result))
                : made;
    }

    private static Connection telling(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TELL);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object statement(Object made) {
        Class<?> type = made instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return made instanceof Statement statement
                ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, hearing(statement))
                : made;
    }

    private InvocationHandler hearing(Statement statement) {
        return (proxy, method, arguments) -> {
            if (method.getName().equals("close") && !statement.isClosed()) {
                hear(statement.getWarnings());
            }
            return call(statement, method, arguments);
        };
    }

    private void hear(SQLWarning first) {
        for (SQLWarning told = first; told != null; told = told.getNextWarning()) {
            String text = told.getMessage();
            if (text.contains("plan:")) {
                JsonNode plan = JsonMapper.shared().readTree(text.substring(text.indexOf('{')));
                if (!plan.path("Query Text").asString("").startsWith(SWITCHES)) {
                    plans.add(plan);
                }
            }
        }
    }

    private interface Wrapping {
        Object wrap(Method method, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> wrapping.wrap(method, call(target, method, arguments))));
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
