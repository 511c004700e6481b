package dev.bes.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.text.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FAULTS: a callback never reaches what its sender may not reach. */
class AllowedAddressesTests {
    private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static AllowedAddresses allowing(List<String> allow, List<String> networks, String... resolved) {
        return new AllowedAddresses(settings(allow, networks), host -> {
            if (resolved.length == 0) {
                throw new UnknownHostException(host);
            }
            return List.of(resolved).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        });
    }

    static CallbackSettings settings(List<String> allow, List<String> networks) {
        return new CallbackSettings(
                allow,
                networks,
                SECRET,
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofMillis(10),
                Duration.ofHours(24));
    }

    private static InetAddress resolve(AllowedAddresses addresses, String text) throws IOException {
        return addresses.resolve(HttpAddress.of(text));
    }

    @Test
    void allowsWhatTheSettingLists() {
        AllowedAddresses addresses = allowing(
                List.of("https://hooks.example.com", "https://*.example.org:8443", "http://10.1.2.3:8080"), List.of());

        addresses.check("https://hooks.example.com/done?key=1");
        addresses.check("https://HOOKS.example.com:443");
        addresses.check("https://a.b.example.org:8443/");
        addresses.check("http://10.1.2.3:8080/done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/",
                "https://hooks.example.com:8443/",
                "https://hooks.example.com.evil.com/",
                "https://evilhooks.example.com/",
                "https://example.org:8443/",
                "https://notexample.org:8443/",
                "https://10.1.2.3:8080/",
                "http://10.1.2.4:8080/",
                "http://[::ffff:10.1.2.3]:8080/",
                "http://127.0.0.1/",
                "http://localhost/",
                "http://169.254.169.254/latest/meta-data/"
            })
    void refusesWhatItDoesNotListAndNamesIt(String text) {
        AllowedAddresses addresses = allowing(
                List.of("https://hooks.example.com", "https://*.example.org:8443", "http://10.1.2.3:8080"), List.of());

        assertThatExceptionOfType(CallbackRefusedException.class)
                .isThrownBy(() -> addresses.check(text))
                .withMessageContaining("may not be called: orchestrator.callbacks.allow does not list it");
        assertThatIOException()
                .isThrownBy(() -> resolve(addresses, text))
                .withMessage("not listed in orchestrator.callbacks.allow");
    }

    @Test
    void refusesEverythingWithoutTheSetting() {
        assertThatExceptionOfType(CallbackRefusedException.class)
                .isThrownBy(() -> allowing(List.of(), List.of()).check("https://hooks.example.com/"))
                .withMessageContaining("orchestrator.callbacks.allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesNamesThatResolveToWhatIsNotPublic(String resolved) {
        AllowedAddresses addresses =
                allowing(List.of("https://hooks.example.com"), List.of(), "93.184.215.14", resolved);

        assertThat(Network.isPublic(InetAddress.ofLiteral(resolved))).isFalse();
        assertThatIOException()
                .isThrownBy(() -> resolve(addresses, "https://hooks.example.com/"))
                .withMessageContaining("not public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"})
    void takesTheAddressOfAPublicName(String resolved) throws IOException {
        AllowedAddresses addresses = allowing(List.of("https://hooks.example.com"), List.of(), resolved);

        assertThat(resolve(addresses, "https://hooks.example.com/")).isEqualTo(InetAddress.ofLiteral(resolved));
    }

    @Test
    void takesPrivateAddressesOnlyOfTheNetworksThatAreListed() throws IOException {
        List<String> allow = List.of("https://hooks.intern.example");

        assertThat(resolve(allowing(allow, List.of("10.20.0.0/16"), "10.20.3.4"), "https://hooks.intern.example/"))
                .isEqualTo(InetAddress.ofLiteral("10.20.3.4"));
        assertThatIOException()
                .isThrownBy(() -> resolve(
                        allowing(allow, List.of("10.20.0.0/16"), "10.21.3.4"), "https://hooks.intern.example/"));
        assertThatIOException()
                .isThrownBy(() -> resolve(allowing(allow, List.of("10.20.0.0/16")), "https://hooks.intern.example/"))
                .withMessageContaining("can't be resolved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.example.com",
                "https://",
                "https://*",
                "https://*.com",
                "https://hooks.*.com",
                "https://hooks.example.com/path",
                "https://user@hooks.example.com",
                "https://*.1.2.3",
                "ftp://hooks.example.com"
            })
    void refusesEntriesThatAreNone(String entry) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> allowing(List.of(entry), List.of()))
                .withMessageContaining("orchestrator.callbacks.allow holds '" + entry + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "hooks/8", "10.0.0/8", "::/129", "/8"})
    void refusesNetworksThatAreNone(String network) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> allowing(List.of("https://hooks.example.com"), List.of(network)))
                .withMessageStartingWith("orchestrator.callbacks.networks is not a network");
    }
}
