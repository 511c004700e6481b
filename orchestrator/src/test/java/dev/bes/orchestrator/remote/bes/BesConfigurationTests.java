package dev.bes.orchestrator.remote.bes;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bes.orchestrator.remote.http.ManagedApiConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BesConfigurationTests {

    @AfterEach
    void clear() {
        System.clearProperty("jdk.httpclient.enableAllMethodRetry");
    }

    @Test
    void doesNotStartWithAClientThatSendsAStartTwice() {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");

        assertThatIllegalStateException()
                .isThrownBy(ManagedApiConfiguration::client)
                .withMessageContaining("remove it from the command line");
    }
}
