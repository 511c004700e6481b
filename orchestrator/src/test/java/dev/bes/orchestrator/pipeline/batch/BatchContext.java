package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Claim;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs as they are shipped, over a processor and a writer of the test. */
final class BatchContext implements AutoCloseable {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ObservationRegistry observations = ObservationRegistry.create();
    volatile ItemProcessor<Claim, Outcome> processor = Outcome.Unchanged::new;
    volatile ItemWriter<Outcome> writer = chunk -> {};
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    BatchContext(JdbcClient jdbc) {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        PipelineSettings settings = StepFixture.settings(Path.of("delivered"));
        context.registerBean(JdbcClient.class, () -> jdbc);
        context.registerBean(InstantSource.class, InstantSource::system);
        context.registerBean(ObservationRegistry.class, () -> observations);
        context.registerBean(PipelineSettings.class, () -> settings);
        context.register(BatchParts.CONFIGURATION, ConcurrentCalls.class, ClaimedSets.class, ClaimedSetJobs.class);
        context.addBeanFactoryPostProcessor(beans -> {
            for (String bean : List.of("stagingProcessor", "fetchingProcessor")) {
                context.registerBean(
                        bean, ItemProcessor.class, () -> (ItemProcessor<Claim, Outcome>) c -> processor.process(c));
            }
            for (String bean : List.of("launchingWriter", "acceptingWriter")) {
                context.registerBean(bean, ItemWriter.class, () -> (ItemWriter<Outcome>) c -> writer.write(c));
            }
        });
        context.refresh();
    }

    /** Runs a launch job on a set. */
    void launch(List<Claim> set) {
        context.getBean(ClaimedSets.class).launch(set);
    }

    /** Runs a collect job on a set. */
    void collect(List<Claim> set) {
        context.getBean(ClaimedSets.class).collect(set);
    }

    JobRepository repository() {
        return context.getBean(JobRepository.class);
    }

    /** Writes what has ended. */
    void flush() {
        BatchParts.flush(repository());
    }

    @Override
    public void close() {
        context.close();
    }
}
