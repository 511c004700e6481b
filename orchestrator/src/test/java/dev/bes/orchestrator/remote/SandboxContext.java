package dev.bes.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A sandbox, and this package wired to it as in production, with one endpoint named {@code toxic}. */
final class SandboxContext implements AutoCloseable {

    static final String HASHING = "SimpleFeatureHashingExperiment";

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());

    @ComponentScan
    static class Wired {
        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        JdbcClient jdbc() {
            return DatabaseFixture.shared().jdbc();
        }

        @Bean
        PlatformTransactionManager transactions() {
            return DatabaseFixture.shared().transactions();
        }
    }

    /** Runs the test; properties given later win. */
    void with(String url, Consumer<ApplicationContext> test, String... more) {
        List<String> properties = new ArrayList<>();
        properties.add("orchestrator.blobs.connection-string=" + sandbox.blobConnectionString());
        properties.add("orchestrator.endpoints.toxic.url=" + url);
        properties.add(serviceKey(HASHING));
        properties.add(subscriptionKey("unlimited"));
        properties.addAll(List.of(more));
        new ApplicationContextRunner()
                .withUserConfiguration(Wired.class)
                .withPropertyValues(properties.toArray(String[]::new))
                .run(started -> {
                    assertThat(started).hasNotFailed();
                    test.accept(started);
                });
    }

    String managed(String service) {
        return sandbox.managedUrl() + sandbox.service(service).path();
    }

    String direct(String service) {
        return sandbox.directUrl() + sandbox.service(service).path();
    }

    String nowhere() {
        return sandbox.managedUrl() + "/nowhere";
    }

    String serviceKey(String service) {
        return "orchestrator.endpoints.toxic.service-key="
                + sandbox.service(service).apiKey();
    }

    String subscriptionKey(String subscription) {
        return "orchestrator.endpoints.toxic.subscription-key="
                + sandbox.subscription(subscription).primaryKey();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
