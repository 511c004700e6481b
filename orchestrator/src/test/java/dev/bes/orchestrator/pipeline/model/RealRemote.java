package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.InterceptionPoints;
import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.run.DatabaseFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The real remote side with quick jobs, as the service's own clients reach it, for nodes that work by hand. */
public final class RealRemote implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** @param container where the blobs are */
    public RealRemote(String container) {
        this(container, List.of());
    }

    /** The same store, and jobs of another kind. */
    public RealRemote(String container, RemoteKind kind) {
        this(container, List.of(kind));
    }

    private RealRemote(String container, List<RemoteKind> kinds) {
        Map<String, Object> properties =
                new HashMap<>(OrchestratorNode.endpoint("hashing", "SimpleFeatureHashingExperiment"));
        properties.put(
                "orchestrator.blobs.connection-string",
                TestEnvironment.sandbox().blobConnectionString());
        properties.put("orchestrator.blobs.container", container);
        kinds.forEach(kind -> {
            properties.put("orchestrator.endpoints.hashing.kind", kind.name());
            context.registerBean(kind.name(), RemoteKind.class, () -> kind);
        });
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(InstantSource.class, InstantSource::system);
        context.registerBean(JdbcClient.class, () -> DatabaseFixture.shared().jdbc());
        context.registerBean(
                PlatformTransactionManager.class, () -> DatabaseFixture.shared().transactions());
        context.scan("dev.bes.orchestrator.remote");
        context.refresh();
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(20), Duration.ofMillis(40));
    }

    public Blobs blobs() {
        return context.getBean(Blobs.class);
    }

    public PipelineNode node(String name, InterceptionPoints interceptionPoints, Path deliveryRoot) {
        return new PipelineNode(
                name, interceptionPoints, context.getBean(Endpoints.class), context.getBean(Blobs.class), deliveryRoot);
    }

    @Override
    public void close() {
        context.close();
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(50), Duration.ofMillis(150));
    }
}
