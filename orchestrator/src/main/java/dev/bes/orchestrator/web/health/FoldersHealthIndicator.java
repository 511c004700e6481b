package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether this node sees the shared folders. */
@Component("foldersHealthIndicator")
final class FoldersHealthIndicator extends AbstractHealthIndicator {
    private final SharedFolders folders;

    FoldersHealthIndicator(SharedFolders folders) {
        this.folders = folders;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> failures = Arrays.stream(SharedFolder.values())
                .map(folders::problem)
                .filter(Objects::nonNull)
                .toList();
        if (failures.isEmpty()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", String.join("; ", failures));
        }
    }
}
