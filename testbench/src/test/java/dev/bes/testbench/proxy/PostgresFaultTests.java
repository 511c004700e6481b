package dev.bes.testbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PostgresFaultTests {

    private static EmbeddedPostgres server;
    private FaultProxy proxy;

    @BeforeAll
    static void startServer() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = FaultProxy.open(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
    }

    @BeforeEach
    void table() throws Exception {
        try (Connection direct = connect(server.getPort(), "");
                Statement statement = direct.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS seen");
            statement.execute("CREATE TABLE seen (n int)");
        }
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    /** The driver prepares COMMIT for the first commit of a connection and only names it for the others. */
    @ParameterizedTest
    @ValueSource(strings = {"preferQueryMode=extended", "preferQueryMode=simple", "prepareThreshold=0"})
    void losesTheReplyToACommit(String how) throws Exception {
        for (int before = 0; before < 3; before++) {
            try (Connection through = connect(proxy.port(), how)) {
                through.setAutoCommit(false);
                for (int n = 0; n < before; n++) {
                    insert(through, n);
                    through.commit();
                }
                InjectedFault lost = proxy.inject(
                        new CallFault.ResetAfterForwarding(),
                        CallMatcher.commit().next(1));
                insert(through, 100);

                assertThatThrownBy(through::commit).isInstanceOf(SQLException.class);

                assertThat(lost.applied()).isEqualTo(1);
                assertThat(rows()).isEqualTo(before + 1);
            }
            table();
        }
    }

    @Test
    void losesACommitOnItsWay() throws Exception {
        try (Connection through = connect(proxy.port(), "")) {
            through.setAutoCommit(false);
            proxy.inject(new CallFault.ResetBeforeForwarding(), CallMatcher.commit());
            insert(through, 1);

            assertThatThrownBy(through::commit).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).isZero();
    }

    @Test
    void fallsSilentOnAConnectionThatIsOpen() throws Exception {
        try (Connection through = connect(proxy.port(), "socketTimeout=1")) {
            insert(through, 1);
            InjectedFault hole = proxy.inject(new CallFault.BlackHole());

            assertThatThrownBy(() -> insert(through, 2)).hasRootCauseMessage("Read timed out");
            assertThat(hole.applied()).isEqualTo(1);
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void passesLargeStatementsAndResults() throws Exception {
        try (Connection through = connect(proxy.port(), "");
                Statement statement = through.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT repeat('x', 1000000), '" + "y".repeat(1_000_000) + "'")) {
            row.next();
            assertThat(row.getString(1)).hasSize(1_000_000);
            assertThat(row.getString(2)).hasSize(1_000_000);
        }
    }

    private static void insert(Connection connection, int n) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO seen VALUES (" + n + ")");
        }
    }

    private static int rows() throws SQLException {
        try (Connection direct = connect(server.getPort(), "");
                Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM seen")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Connection connect(int port, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?" + options, "postgres", "postgres");
    }
}
