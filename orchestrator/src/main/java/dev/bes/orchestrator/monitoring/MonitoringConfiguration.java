package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Reloaded;
import dev.bes.orchestrator.run.meter.RunMeters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds the labels of our metrics, and gives durations their buckets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MonitoringSettings.class)
class MonitoringConfiguration {
    /** Bounds of buckets, by the metric that has them. */
    private static final Map<String, Duration[]> BUCKETS = Map.of(
            "orchestrator.run.duration", seconds(1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400),
            "orchestrator.step.duration", seconds(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400),
            "orchestrator.remote.call", seconds(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300));

    private static final Map<String, String> HELP = Map.of(
            "orchestrator.remote.call", "Calls to remote services that were sent, by outcome",
            "orchestrator.remote.call.active", "Calls to remote services that are under way");

    @Bean
    DefinitionLabels definitionLabels(Definitions definitions, MonitoringSettings settings) {
        return new DefinitionLabels(definitions, settings.maxDefinitions());
    }

    @Bean
    SmartInitializingSingleton startedCounters(RunMeters meters, Definitions definitions) {
        return () -> definitions.all().forEach(definition -> meters.start(definition.name()));
    }

    @Bean
    ApplicationListener<PayloadApplicationEvent<Reloaded>> startedCountersOfNewDefinitions(
            RunMeters meters, Definitions definitions) {
        return change -> definitions.all().forEach(definition -> meters.start(definition.name()));
    }

    /** Asked for the definitions only when something is counted: the registry is made before they are read. */
    @Bean
    static MeterFilter boundedDefinitions(ObjectProvider<DefinitionLabels> labels) {
        return MeterFilter.replaceTagValues(
                "definition", name -> labels.getObject().of(name));
    }

    /** Observations have no help texts of their own. */
    @Bean
    static MeterFilter helpTexts() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String help = HELP.get(id.getName());
                return help == null
                        ? id
                        : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), help, id.getType());
            }
        };
    }

    @Bean
    static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                Duration[] bounds = BUCKETS.get(id.getName());
                return bounds == null
                        ? config
                        : DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(Stream.of(bounds)
                                        .mapToDouble(Duration::toNanos)
                                        .toArray())
                                .build()
                                .merge(config);
            }
        };
    }

    private static Duration[] seconds(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toArray(Duration[]::new);
    }
}
