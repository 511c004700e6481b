package dev.bes.orchestrator.node;

import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.node.file.FileSettings;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders as parts under test see them: everything answers, and folders are there unless a test says otherwise. */
public final class HealthyFolders implements SharedFolders {
    /** What parts need that work with files. */
    public final FileSettings settings =
            new FileSettings(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** Knows of what is under way. */
    public final FileOperations work = new FileOperations(System::nanoTime, settings.stuckTimeout());

    /** Works with files. */
    public final FileThreads threads = new FileThreads(work, settings);

    private final Set<SharedFolder> away = EnumSet.noneOf(SharedFolder.class);
    private final @Nullable Path root;
    private @Nullable Runnable afterLook;

    /** One whose paths lie under no shared folder. */
    public HealthyFolders() {
        this(null);
    }

    /** One whose drop folders lie under a folder. */
    public HealthyFolders(@Nullable Path root) {
        this.root = root;
    }

    /** Takes a folder away. */
    public HealthyFolders without(SharedFolder folder) {
        away.add(folder);
        return this;
    }

    /** Brings a folder back. */
    public void back(SharedFolder folder) {
        away.remove(folder);
    }

    /** Has something happen right after somebody has looked for a folder the next time. */
    public void afterNextLook(Runnable then) {
        afterLook = then;
    }

    @Override
    public @Nullable String problem(SharedFolder folder) {
        return away.contains(folder) ? folder.setting() + " is away" : null;
    }

    @Override
    public boolean isThere(SharedFolder folder) {
        boolean isThere = has(folder);
        Runnable then = afterLook;
        afterLook = null;
        if (then != null) {
            then.run();
        }
        return isThere;
    }

    @Override
    public Optional<SharedFolder> of(Path path) {
        return root != null && path.startsWith(root) ? Optional.of(SharedFolder.DROP_ROOT) : Optional.empty();
    }
}
