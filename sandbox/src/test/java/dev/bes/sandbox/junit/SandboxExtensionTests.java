package dev.bes.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension as another project's tests use it. */
class SandboxExtensionTests {

    @RegisterExtension
    private static final SandboxExtension extension = new SandboxExtension(SharedStore.options());

    private static Sandbox first;

    @BeforeAll
    static void keep(Sandbox sandbox) {
        first = sandbox;
    }

    @Test
    void givesARunningSandboxAsParameterAndByTheField(Sandbox sandbox) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sandbox.portalUrl().resolve("/portal/apis"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(extension.get()).isSameAs(sandbox);
    }

    @Test
    void sharesItAmongTheTestsOfTheClass(Sandbox sandbox) {
        assertThat(sandbox).isSameAs(first);
    }

    @Test
    void saysWhyThereIsNone() {
        assertThatThrownBy(() -> new SandboxExtension().get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("static");
    }

    @Test
    void closesItAfterTheClass() {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(Sample.class))
                        .build());

        assertThat(Sample.tests).hasValue(2);
        assertThat(Sample.seen).isNotSameAs(first);
        assertThatThrownBy(() -> new Socket(
                        InetAddress.getLoopbackAddress(),
                        Sample.seen.directUrl().getPort()))
                .isInstanceOf(ConnectException.class);
    }

    /** Run by the launcher only. */
    static class Sample {
        @RegisterExtension
        private static final SandboxExtension own = new SandboxExtension(SharedStore.options());

        private static final AtomicInteger tests = new AtomicInteger();
        private static Sandbox seen;

        @Test
        void one(Sandbox sandbox) {
            seen = sandbox;
            tests.incrementAndGet();
        }

        @Test
        void other(Sandbox sandbox) {
            if (sandbox == own.get()) {
                tests.incrementAndGet();
            }
        }
    }

    @Nested
    class InnerTests {

        @Test
        void sharesItWithNestedClasses(Sandbox sandbox) {
            assertThat(sandbox).isSameAs(first).isSameAs(extension.get());
        }
    }
}
