package dev.bes.orchestrator.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts without a node. */
class AllowedHostsTests {
    @Test
    void holdTheAddressThatARequestCameTo() {
        AllowedHosts hosts = new AllowedHosts(List.of());

        // as the probes of Kubernetes do
        assertThat(hosts.allow("10.244.0.7:8080", "10.244.0.7")).isTrue();
        assertThat(hosts.allow("[fd00::7]:8080", "fd00:0:0:0:0:0:0:7")).isTrue();
        assertThat(hosts.allow("10.244.0.8:8080", "10.244.0.7")).isFalse();
        assertThat(hosts.allow("10.244.0.7.evil.example", "10.244.0.7")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://orchestrator.example",
                "orchestrator.example:8080",
                "*",
                "*.example",
                "a b",
                "a/b",
                "1.2"
            })
    void areNamedAloneInTheConfiguration(String host) {
        assertThatThrownBy(() -> new WebSettings(List.of(host), List.of(), 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orchestrator.web.hosts");
    }
}
