package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.InterceptionPoints;
import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The real remote side with quick jobs, as the service's own clients reach it, for nodes that work by hand. */
public final class RealRemote implements AutoCloseable {
    /** Name of the only endpoint. */
    public static final String ENDPOINT = "hashing";

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final UnaryOperator<RemoteJobs> defect;

    /** @param container where the blobs are */
    public RealRemote(String container) {
        this(container, OrchestratorNode.endpoint(ENDPOINT, "SimpleFeatureHashingExperiment"), List.of(), its -> its);
    }

    /** The same store, and jobs of another kind. */
    public RealRemote(String container, RemoteKind kind) {
        this(container, Map.of("orchestrator.endpoints." + ENDPOINT + ".kind", kind.name()), List.of(kind), its -> its);
    }

    /**
     * The same store, and another endpoint.
     *
     * @param endpoint the properties of the endpoint {@link #ENDPOINT}
     * @param defect what is wrong with its jobs
     */
    public RealRemote(String container, Map<String, Object> endpoint, UnaryOperator<RemoteJobs> defect) {
        this(container, endpoint, List.of(), defect);
    }

    private RealRemote(
            String container, Map<String, Object> endpoint, List<RemoteKind> kinds, UnaryOperator<RemoteJobs> defect) {
        this.defect = defect;
        Map<String, Object> properties = new HashMap<>(endpoint);
        properties.put(
                "orchestrator.blobs.connection-string",
                TestEnvironment.sandbox().blobConnectionString());
        properties.put("orchestrator.blobs.container", container);
        kinds.forEach(kind -> context.registerBean(kind.name(), RemoteKind.class, () -> kind));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(InstantSource.class, InstantSource::system);
        context.registerBean(JdbcClient.class, () -> DatabaseFixture.shared().jdbc());
        context.registerBean(
                PlatformTransactionManager.class, () -> DatabaseFixture.shared().transactions());
        context.scan("dev.bes.orchestrator.remote");
        context.refresh();
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(20), Duration.ofMillis(40));
    }

    public Endpoints endpoints() {
        return context.getBean(Endpoints.class);
    }

    public Blobs blobs() {
        return context.getBean(Blobs.class);
    }

    /** A node over these rows. */
    public PipelineNode node(RunParts rows, Path deliveryRoot) {
        Endpoints one = new InterceptionPoints(-1, () -> {}).around(spoilt());
        return new PipelineNode(rows, one, context.getBean(Blobs.class), deliveryRoot);
    }

    public PipelineNode node(String name, InterceptionPoints interceptionPoints, Path deliveryRoot) {
        return new PipelineNode(name, interceptionPoints, spoilt(), context.getBean(Blobs.class), deliveryRoot);
    }

    private Endpoints spoilt() {
        Endpoints endpoints = context.getBean(Endpoints.class);
        return new Endpoints() {
            @Override
            public Set<String> names() {
                return endpoints.names();
            }

            @Override
            public RemoteJobs jobs(String endpoint) {
                return defect.apply(endpoints.jobs(endpoint));
            }

            @Override
            public @Nullable OneCallService oneCall(String endpoint) {
                return endpoints.oneCall(endpoint);
            }

            @Override
            public @Nullable RowService rows(String endpoint) {
                return endpoints.rows(endpoint);
            }

            @Override
            public int maxConcurrentJobs(String endpoint) {
                return endpoints.maxConcurrentJobs(endpoint);
            }
        };
    }

    @Override
    public void close() {
        context.close();
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(50), Duration.ofMillis(150));
    }
}
