package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.Bes;
import dev.bes.cli.output.Terminal;
import dev.bes.cli.session.Environment;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Accounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command line against a node where callers must sign in. */
@Tag("slow")
class CommandLineSignInTests {
    private static final String PASSWORD = "four plain words here";

    @TempDir
    static Path folder;

    @TempDir
    Path home;

    private static WebNode node;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        user("boss", "admin");
        user("mary", "operator:greet*");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void user(String name, String grant) {
        Accounts accounts = node.part(Accounts.class);
        Accounts.OneTimePassword made = accounts.add(name, List.of(grant), "test");
        accounts.changePassword(made.account().id(), made.password(), PASSWORD);
    }

    private Result bes(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Environment environment = new Environment(
                Map.of("HOME", home.toString()),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, false, true, 120),
                InstantSource.system(),
                ZoneOffset.UTC);
        int code = Bes.execute(environment, arguments);
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void makesAKeyByAPasswordAndKeepsItForItsOwnerAlone() throws IOException {
        Result login = bes(PASSWORD + "\n", "login", node.url(), "--user", "mary", "--days", "7");

        assertThat(login.exitCode()).as(login.err()).isZero();
        assertThat(login.out()).contains("mary (key bes on ", "operator:greet*");
        Path file = home.resolve(".config/bes/config.yaml");
        assertThat(Files.readString(file)).contains("bes_").doesNotContain(PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(bes("", "run", "greetings", "--wait").exitCode()).isZero();
        assertThat(bes("", "run", "failing").err()).contains("failing");
        assertThat(bes("", "keys", "-o", "csv").out().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("bes on ", ",mary,");
        Result users = bes("", "users");
        assertThat(users.exitCode()).isEqualTo(5);
        assertThat(users.err()).contains("You may not do this");
        assertThat(sessions()).as("it has signed out again").isZero();
    }

    @Test
    void revokesTheKeyThatItKeepsAndForgetsIt() throws IOException {
        assertThat(bes("", "logout").exitCode()).isEqualTo(2);
        assertThat(bes(PASSWORD + "\n", "login", node.url(), "--user", "mary").exitCode())
                .isZero();
        Path file = home.resolve(".config/bes/config.yaml");
        String kept = Files.readString(file).replaceAll("(?s).*(bes_[0-9a-f_]+).*", "$1");

        Result logout = bes("", "logout");

        assertThat(logout.exitCode()).as(logout.err()).isZero();
        assertThat(logout.err()).contains("the key is revoked");
        assertThat(Files.readString(file)).contains(node.url()).doesNotContain("bes_");
        assertThat(bes("", "runs").err()).contains("sign in with bes login");
        assertThat(bes(kept + "\n", "login").exitCode()).as("it is revoked").isEqualTo(5);
        assertThat(bes("", "logout").err()).contains("has no key");
    }

    @Test
    void refusesAWrongPasswordAndOneThatMustBeChanged() {
        String oneTime =
                node.part(Accounts.class).add("new", List.of("viewer"), "test").password();

        Result wrong = bes("wrong\n", "login", node.url(), "--user", "boss");
        assertThat(wrong.exitCode()).isEqualTo(5);
        assertThat(wrong.err()).contains("not correct");
        Result mustChange = bes(oneTime + "\n", "login", node.url(), "--user", "new");
        assertThat(mustChange.exitCode()).isEqualTo(5);
        assertThat(mustChange.err()).contains("one-time password must be changed", "/sign-in");
        assertThat(home.resolve(".config")).doesNotExist();
        assertThat(bes("", "runs", "--context", "none").exitCode()).isEqualTo(2);
    }

    @Test
    void letsAnAdministratorManageUsersAndReadTheAudit() {
        assertThat(bes(PASSWORD + "\n", "login", node.url(), "--user", "boss").exitCode())
                .isZero();

        assertThat(bes("", "users", "add", "paul", "--grant", "viewer", "-q").out())
                .matches("[a-z0-9-]+\n");
        assertThat(bes("", "users").out()).contains("paul", "one-time password");
        assertThat(bes("", "users", "disable", "paul").out()).contains("disabled");
        for (String format : List.of("json", "yaml", "csv")) {
            assertThat(bes("", "audit", "-o", format).out()).as(format).contains("paul");
        }
        String key = bes("", "keys", "create", "program", "--grant", "viewer", "-q")
                .out()
                .strip();
        assertThat(key).startsWith("bes_");
        String id = key.substring("bes_".length(), key.lastIndexOf('_'));
        assertThat(bes("", "keys", "revoke", id).out()).contains("revoked");
    }

    private static long sessions() {
        return node.part(JdbcClient.class)
                .sql("SELECT count(*) FROM spring_session")
                .query(Long.class)
                .single();
    }
}
