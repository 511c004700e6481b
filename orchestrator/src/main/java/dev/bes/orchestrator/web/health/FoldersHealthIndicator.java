package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether this node sees the folders that all nodes share. */
@Component("foldersHealthIndicator")
final class FoldersHealthIndicator extends AbstractHealthIndicator {
    private final SharedFolders folders;

    FoldersHealthIndicator(SharedFolders folders) {
        this.folders = folders;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> troubles = Arrays.stream(SharedFolder.values())
                .map(folders::trouble)
                .filter(Objects::nonNull)
                .toList();
        if (troubles.isEmpty()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", String.join("; ", troubles));
        }
    }
}
