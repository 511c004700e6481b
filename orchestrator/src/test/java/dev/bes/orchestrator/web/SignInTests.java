package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in. */
@Tag("slow")
class SignInTests {
    @TempDir
    Path folder;

    @Test
    void leadsToTheSignInPage() {
        try (WebNode node =
                WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"))) {
            System.err.println(
                    node.caller().get("/", "Accept", "text/html").response().headers());
            System.err.println(node.caller()
                    .get("/sign-in", "Accept", "text/html")
                    .response()
                    .headers());
            System.err.println(
                    node.caller().get("/sign-in", "Accept", "text/html").body());
            System.err.println(node.caller().get("/api/v1/runs").response().headers());
            System.err.println(node.caller().get("/api/v1/runs").body());
            assertThat(node.caller()
                            .get("/api/v1/runs", "Authorization", "Bearer bes_x")
                            .status())
                    .isEqualTo(401);
        }
    }
}
