package dev.bes.orchestrator.trigger.arrival.container;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What fails with the containers that definitions name, as of this node's last look at them. */
@Component
public class FailingContainers {
    private static final int MAX = 100;

    private volatile List<Failure> failures = List.of();

    /**
     * Work on a container that fails and is tried again.
     *
     * @param container store and prefix; empty if it is about all
     * @param what what fails
     * @param reason why, and what to do
     * @param since when this node first found that it fails for this reason
     */
    public record Failure(String container, String what, String reason, Instant since) {}

    /** The first 100. */
    public List<Failure> failures() {
        return failures;
    }

    void publish(List<Failure> found) {
        failures = found.stream().limit(MAX).toList();
    }
}
