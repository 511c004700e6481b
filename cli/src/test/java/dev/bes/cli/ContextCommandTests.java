package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.BesCalls.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server is called, with which key, and who can read the keys. */
class ContextCommandTests {
    @TempDir
    Path home;

    private RecordedService service;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService().answers("GET /api/v1/runs", 200, Answers.runs());
        config = home.resolve(".config/bes/config.yaml");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Result bes(String... arguments) {
        return BesCalls.at(home).call(arguments);
    }

    private void write(String yaml) throws IOException {
        Files.createDirectories(config.getParent());
        Files.writeString(config, yaml);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    }

    private String authorization() {
        return service.calls().getLast().authorization();
    }

    @Test
    void keepsContextsInAFileThatOnlyItsOwnerCanRead() throws IOException {
        assertThat(bes("context", "add", "one", service.url()).exitCode()).isZero();
        assertThat(bes("context", "add", "two", "https://bes.example.com/prefix/")
                        .exitCode())
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config.getParent())))
                .isEqualTo("rwx------");
        assertThat(bes("context", "list").out()).isEqualTo("""
                        CONTEXT  SERVER                          KEY   CURRENT
                        one      %-30s  none  *
                        two      https://bes.example.com/prefix  none
                        """.formatted(service.url()));
        assertThat(bes("runs").exitCode()).isZero();
        bes("context", "use", "two");
        bes("context", "remove", "one");
        assertThat(bes("context", "list", "-q").out()).isEqualTo("two\n");
        assertThat(bes("context", "use", "one").exitCode()).isEqualTo(2);
    }

    @Test
    void keepsAKeyThatTheServiceTakesAndNoOther() throws IOException {
        service.answers(
                        "GET /api/v1/me",
                        200,
                        "{\"name\":\"mary\",\"signIn\":true,\"grants\":[\"viewer\"],\"mustChangePassword\":false}")
                .answers("GET /api/v1/me", 401, Answers.problem(401, "unauthorized", "No"));

        Result result = BesCalls.at(home).reading("bes_secret\n").call("login", service.url());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("mary", "viewer").doesNotContain("bes_secret");
        assertThat(Files.readString(config)).contains("bes_secret");
        bes("runs");
        assertThat(authorization()).isEqualTo("Bearer bes_secret");

        assertThat(BesCalls.at(home).reading("bes_wrong\n").call("login").exitCode())
                .isEqualTo(5);
        assertThat(BesCalls.at(home).reading("").call("login").exitCode()).isEqualTo(2);
        assertThat(Files.readString(config)).contains("bes_secret").doesNotContain("bes_wrong");
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        write("current: a\ncontexts:\n  a:\n    server: \"" + service.url() + "\"\n    key: k\n    insecure: false\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));

        Result result = bes("runs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("chmod 600");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void sendsAKeyToItsOwnServerOnly() throws IOException {
        write("current: a\ncontexts:\n  a:\n    server: \"" + service.url()
                + "\"\n    key: \"of-a\"\n    insecure: false\n");

        bes("runs");
        assertThat(authorization()).isEqualTo("Bearer of-a");
        BesCalls.at(home).with("BES_SERVER", service.url()).call("runs");
        assertThat(authorization()).isEqualTo("null");
        BesCalls.at(home).with("BES_API_KEY", "of-env").call("runs");
        assertThat(authorization()).isEqualTo("Bearer of-env");
        BesCalls.at(home)
                .with("BES_SERVER", "http://127.0.0.1:1")
                .with("BES_API_KEY", "of-env")
                .call("runs", "--context", "a");
        assertThat(authorization()).isEqualTo("Bearer of-a");
    }

    @Test
    void sendsNoKeyToAnotherMachineUnencrypted() {
        Result result = BesCalls.at(home)
                .with("BES_SERVER", "http://bes.example.com")
                .with("BES_API_KEY", "secret")
                .call("runs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("unencrypted").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bes.example.com",
                "ftp://a",
                "https://user:pw@a",
                "https://a?x=1",
                "https://a#b",
                "https://",
                "http://a b"
            })
    void refusesWhatIsNoAddressOfAService(String address) {
        assertThat(bes("context", "add", "a", address).exitCode()).isEqualTo(2);
        assertThat(config).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contexts: [", "contexts: 5", "unknown: true", "- a"})
    void saysWhatIsWrongWithTheFile(String yaml) throws IOException {
        write(yaml);

        Result result = bes("runs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("config.yaml").doesNotContain("\tat ");
    }
}
