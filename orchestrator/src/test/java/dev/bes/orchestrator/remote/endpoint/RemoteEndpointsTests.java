package dev.bes.orchestrator.remote.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.kinds.FileBackedJobs;
import dev.bes.orchestrator.kinds.NamedFake;
import dev.bes.orchestrator.kinds.UnnamedFake;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteEndpointsTests {
    private final FileBackedJobs far = new FileBackedJobs(
            Path.of("nowhere"),
            () -> {
                throw new AssertionError("nothing is put");
            },
            Duration.ZERO);
    private final RemoteKind named = new NamedFake(far);
    private final RemoteKind unnamed = new UnnamedFake(far, 1);

    private static EndpointSettings of(String kind, int places) {
        return new EndpointSettings(
                "http://far-side.test",
                kind,
                null,
                null,
                "key",
                new Secret("k"),
                null,
                BlobReference.Form.SAS,
                places,
                null,
                null,
                null,
                Duration.ofSeconds(1),
                null,
                null);
    }

    private static Endpoints endpoints(Map<String, EndpointSettings> settings, RemoteKind... kinds) {
        BlobSettings unused =
                new BlobSettings(new Secret("AccountName=unused;AccountKey=unused=="), null, "unused", Map.of());
        return new RemoteEndpoints(new RemoteSettings(settings, unused), List.of(kinds), List::of);
    }

    @Test
    void opensEachEndpointByItsKind() {
        Endpoints endpoints = endpoints(Map.of("a", of("named-fake", 7), "b", of("unnamed-fake", 0)), named, unnamed);

        assertThat(endpoints.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(endpoints.jobs("a")).isInstanceOf(NamedJobs.class);
        assertThat(endpoints.jobs("b")).isInstanceOf(UnnamedJobs.class);
        assertThat(endpoints.oneCall("a")).isNull();
        assertThat(endpoints.maxConcurrentJobs("a")).isEqualTo(7);
        assertThat(endpoints.maxConcurrentJobs("b")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesAKindThatThereIsNotAndNamesThoseThatThereAre() {
        assertThatThrownBy(() -> endpoints(Map.of("a", of("azure", 1)), unnamed, named))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("orchestrator.endpoints.a.kind is 'azure', which is not a kind of remote service:"
                        + " write one of named-fake, unnamed-fake");
    }

    @Test
    void refusesTwoKindsOfOneName() {
        assertThatThrownBy(() -> endpoints(Map.of(), named, new NamedFake(far)))
                .hasMessage("Two kinds of remote services have the name named-fake");
    }

    @Test
    void namesTheEndpointsThatThereAreToWhoAsksForAnother() {
        assertThatThrownBy(() ->
                        endpoints(Map.of("a", of("named-fake", 1)), named).jobs("c"))
                .hasMessage("There is no endpoint c; configured: [a]");
    }
}
