package dev.bes.orchestrator.crash;

import java.util.Map;

/** Settings under which a node's death is soon noticed, and small enough for several nodes beside each other. */
final class FastSettings {
    static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("spring.datasource.hikari.maximum-pool-size", 6),
            Map.entry("spring.datasource.hikari.minimum-idle", 2),
            Map.entry("spring.quartz.properties.org.quartz.scheduler.idleWaitTime", 1000),
            Map.entry("spring.quartz.properties.org.quartz.jobStore.clusterCheckinInterval", 500),
            Map.entry("orchestrator.pipeline.lease", "2s"),
            Map.entry("orchestrator.pipeline.start-grace", "1s"),
            Map.entry("orchestrator.pipeline.loops-per-endpoint", 1),
            Map.entry("orchestrator.pipeline.max-concurrent-calls", 8));

    private FastSettings() {}
}
