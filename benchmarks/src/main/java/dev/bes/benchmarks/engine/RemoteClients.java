package dev.bes.benchmarks.engine;

import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The orchestrator's remote clients, wired as in the service but without the rest of it. */
record RemoteClients(AnnotationConfigApplicationContext context) implements AutoCloseable {

    static RemoteClients of(StubAddress stub) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("stub", stub.settings()));
        context.registerBean(InstantSource.class, InstantSource::system);
        // the call budget would tell other nodes by it to wait, which the stub never asks for; so there is none
        DataSource none = new DriverManagerDataSource();
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(none));
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(none));
        context.scan("dev.bes.orchestrator.remote");
        context.refresh();
        return new RemoteClients(context);
    }

    ScoringSteps steps() {
        return new ScoringSteps(context.getBean(Endpoints.class), context.getBean(Blobs.class));
    }

    @Override
    public void close() {
        context.close();
    }
}
