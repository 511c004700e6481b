package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestCertificate;
import dev.bes.testbench.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Connections to a PostgreSQL that speaks TLS, where the address says that its certificate must be known. */
@Tag("slow")
class EncryptedDatabaseTests {
    private static final String DATABASE = "encrypted";

    @TempDir
    static Path folder;

    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Path certificate = certificate("database");
        postgres = PostgresServer.start(
                folder.resolve("data"),
                folder.resolve("postgres.log"),
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", certificate.toString(),
                        "ssl_key_file", key("database").toString()));
        postgres.createDatabase(DATABASE);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private static Path certificate(String name) throws IOException {
        Path certificate = folder.resolve(name + ".crt");
        TestCertificate.make(folder, name).write(certificate, key(name));
        Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
        return certificate;
    }

    private static String url(Path trusted) {
        return "%s?user=%s&sslmode=verify-full&sslrootcert=%s"
                .formatted(postgres.jdbcUrl(DATABASE), postgres.user(), trusted);
    }

    @Test
    void areAllEncrypted() {
        try (WebNode node = WebNode.start(folder.resolve("node"), url(folder.resolve("database.crt")), Map.of())) {
            node.await(node.run("greetings"), StateJson.FINISHED);

            assertThat(node.part(JdbcClient.class)
                            .sql(
                                    "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = :database")
                            .param("database", DATABASE)
                            .query(Boolean.class)
                            .list())
                    .hasSizeGreaterThan(2)
                    .containsOnly(true);
        }
    }

    @Test
    void areNotMadeToAServerWhoseCertificateIsNotKnown() throws IOException {
        String url = url(certificate("another"));

        assertThatThrownBy(() -> WebNode.start(folder.resolve("refused"), url, Map.of()))
                .hasStackTraceContaining("can't be used")
                .hasStackTraceContaining("certification path");
    }
}
