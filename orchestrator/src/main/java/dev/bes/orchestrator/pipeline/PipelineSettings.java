package dev.bes.orchestrator.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sweeps.
 *
 * @param deliveryRoot folder under which all outputs are delivered
 * @param setSize maximum number of scorings in a claimed set
 * @param maxConcurrentCalls maximum number of concurrent remote calls to one endpoint, for each part that makes calls
 * @param loopsPerEndpoint number of sets of each sweep that are processed at the same time for each endpoint, so that one large
 *     file does not delay the others; as many more sets of finished jobs are collected at the same time
 * @param lease how long a claim lasts unless renewed; another node then takes over
 * @param idleInterval longest time between two polls of the database for due work
 * @param pollMin shortest interval between two polls of a remote job
 * @param pollMax longest interval between two polls of a remote job
 * @param startGrace delay before a start without an answer is repeated: longer than any gateway holds a call
 * @param outputWait how long after its job has finished an output may appear
 */
@ConfigurationProperties("orchestrator.pipeline")
public record PipelineSettings(
        @DefaultValue("delivered") Path deliveryRoot,
        @DefaultValue("500") int setSize,
        @DefaultValue("32") int maxConcurrentCalls,
        @DefaultValue("2") int loopsPerEndpoint,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("500ms") Duration idleInterval,
        @DefaultValue("1s") Duration pollMin,
        @DefaultValue("60s") Duration pollMax,
        @DefaultValue("60s") Duration startGrace,
        @DefaultValue("60s") Duration outputWait) {

    public PipelineSettings {
        deliveryRoot = deliveryRoot.toAbsolutePath().normalize();
    }
}
