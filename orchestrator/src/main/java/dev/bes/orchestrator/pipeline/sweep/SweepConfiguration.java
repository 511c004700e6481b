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
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The three sweeps. Launch and collect work their sets off as Spring Batch jobs; track only asks how remote jobs stand, and
 * does that too often to have an execution of each.
 */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {
    @Bean
    ItemGuard guarded(LeaseRenewal leaseRenewal, RetryPolicy retryPolicy) {
        return new ItemGuard(leaseRenewal::holds, retryPolicy);
    }

    @Bean
    List<SweepSpec> sweeps(
            ClaimedSets sets, Track track, Endpoints endpoints, SharedFolders folders, PipelineSettings settings) {
        return List.of(
                new SweepSpec(
                        Sweep.LAUNCH,
                        settings.loops(),
                        endpoints::places,
                        endpoint -> reads(folders) ? endpoints.launches(endpoint) : 0,
                        false,
                        sets::launch),
                new SweepSpec(
                        Sweep.TRACK,
                        settings.loops(),
                        endpoint -> Integer.MAX_VALUE,
                        endpoints::polls,
                        true,
                        set -> track.follow(set, sets::collect)),
                new SweepSpec(
                        Sweep.COLLECT,
                        settings.loops(),
                        endpoint -> Integer.MAX_VALUE,
                        endpoint -> folders.has(SharedFolder.DELIVERY_ROOT) ? Integer.MAX_VALUE : 0,
                        true,
                        sets::collect));
    }

    /** Inputs are sent with requests, or dropped. */
    private static boolean reads(SharedFolders folders) {
        return folders.has(SharedFolder.UPLOADS) && folders.has(SharedFolder.DROP_ROOT);
    }
}
