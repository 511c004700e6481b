package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.batch.ClaimedSets;
import dev.bes.orchestrator.pipeline.track.Track;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.trace.RunTraces;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the three sweeps. Launch and collect process their sets as Spring Batch jobs. Track polls too often to record an
 * execution of each set.
 */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {
    @Bean
    ItemGuard itemGuard(LeaseRenewal leaseRenewal, RetryPolicy retryPolicy, RunTraces traces) {
        return new ItemGuard(leaseRenewal::isHeld, retryPolicy, traces);
    }

    @Bean
    List<SweepSpec> sweeps(
            ClaimedSets sets, Track track, Endpoints endpoints, SharedFolders folders, PipelineSettings settings) {
        return List.of(
                new SweepSpec(
                        Sweep.LAUNCH,
                        settings.loopsPerEndpoint(),
                        endpoints::maxConcurrentJobs,
                        endpoint -> canRead(folders) ? endpoints.allowedLaunches(endpoint) : 0,
                        false,
                        sets::launch),
                new SweepSpec(
                        Sweep.TRACK,
                        settings.loopsPerEndpoint(),
                        endpoint -> Integer.MAX_VALUE,
                        endpoints::allowedPolls,
                        true,
                        set -> track.follow(set, sets::collect)),
                new SweepSpec(
                        Sweep.COLLECT,
                        settings.loopsPerEndpoint(),
                        endpoint -> Integer.MAX_VALUE,
                        endpoint -> folders.has(SharedFolder.DELIVERY_ROOT) ? Integer.MAX_VALUE : 0,
                        true,
                        sets::collect));
    }

    /** Whether the folders of inputs, from requests and drop folders, are there. */
    private static boolean canRead(SharedFolders folders) {
        return folders.has(SharedFolder.DROP_ROOT);
    }
}
