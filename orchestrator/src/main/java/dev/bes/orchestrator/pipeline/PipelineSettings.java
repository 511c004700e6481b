package dev.bes.orchestrator.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the sweeps work.
 *
 * @param deliveryRoot folder under which all outputs are delivered
 * @param setSize how many scorings a sweep claims at most
 * @param callsAtOnce how many remote calls each part that makes calls makes to one endpoint at a time
 * @param loops how many sets of each sweep are worked on at a time, so that one large file does not hold up the others; as
 *     many more are collected beside them
 * @param lease how long a claim lasts unless renewed; a dead node's work goes on elsewhere after it
 * @param idle how long this node waits at most before it looks for work again
 * @param pollMin shortest interval between two polls of a remote job
 * @param pollMax longest interval between two polls of a remote job
 * @param startGrace how long after an unanswered start the next one may be sent: longer than any gateway holds a call
 * @param outputWait how long an output of a finished remote job may take to appear
 */
@ConfigurationProperties("orchestrator.pipeline")
public record PipelineSettings(
        @DefaultValue("delivered") Path deliveryRoot,
        @DefaultValue("500") int setSize,
        @DefaultValue("32") int callsAtOnce,
        @DefaultValue("2") int loops,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("500ms") Duration idle,
        @DefaultValue("1s") Duration pollMin,
        @DefaultValue("60s") Duration pollMax,
        @DefaultValue("60s") Duration startGrace,
        @DefaultValue("60s") Duration outputWait) {

    public PipelineSettings {
        deliveryRoot = deliveryRoot.toAbsolutePath().normalize();
    }
}
