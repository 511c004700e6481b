package dev.bes.orchestrator.node.folder;

import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.node.file.FileSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Checks the shared folders when this node starts, and then at an interval: each holds a file with a marker that the database
 * knows. Decision 0036.
 */
@Component
@EnableConfigurationProperties(FolderSettings.class)
class SharedFolderMonitor implements SharedFolders, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFolderMonitor.class);
    // a folder that hangs must not keep the node from starting
    private static final Duration FIRST_CHECK = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Map<SharedFolder, MarkedFolder> folders = new EnumMap<>(SharedFolder.class);
    private final FolderRows rows;
    private final Node node;
    private final FileSettings settings;
    private final Semaphore ending = new Semaphore(0);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("folders-", 1).daemon().factory());
    private volatile @Nullable Thread watch;

    SharedFolderMonitor(
            FolderRows rows,
            Node node,
            FilesInUse inUse,
            FileOperations work,
            FileSettings settings,
            FolderSettings where) {
        this.rows = rows;
        this.node = node;
        this.settings = settings;
        for (SharedFolder folder : SharedFolder.values()) {
            folders.put(folder, new MarkedFolder(folder, where.path(folder), node.name(), rows, inUse, work, settings));
        }
    }

    @Override
    public @Nullable String problem(SharedFolder folder) {
        return Objects.requireNonNull(folders.get(folder)).problem();
    }

    @Override
    public boolean isThere(SharedFolder folder) {
        return Objects.requireNonNull(folders.get(folder)).isThere();
    }

    @Override
    public Optional<SharedFolder> of(Path path) {
        return Arrays.stream(SharedFolder.values())
                .filter(folder -> path.startsWith(
                        Objects.requireNonNull(folders.get(folder)).path()))
                .findFirst();
    }

    @Override
    public void start() {
        try {
            rows.insertNode(node.name());
        } catch (DataAccessException e) {
            LOG.debug("The database does not answer; the folders are compared later", e);
        }
        awaitFirst(check());
        watch = Thread.ofVirtual().name("folders").start(this::keepChecking);
    }

    private static void awaitFirst(List<Future<?>> checks) {
        long end = System.nanoTime() + FIRST_CHECK.toNanos();
        try {
            for (Future<?> each : checks) {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            LOG.debug("A shared folder does not answer", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Checks all of them, each on a thread that may hang. */
    private List<Future<?>> check() {
        return folders.values().stream()
                .<Future<?>>map(folder -> threads.submit(folder::check))
                .toList();
    }

    private void keepChecking() {
        try {
            while (!ending.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("Checking {} shared folders", check().size());
            }
        } catch (InterruptedException e) {
            LOG.debug("The check of the shared folders ends");
        }
    }

    private Duration pause() {
        boolean wellNow = Arrays.stream(SharedFolder.values()).allMatch(this::has);
        return wellNow || settings.checkInterval().compareTo(SOON) < 0 ? settings.checkInterval() : SOON;
    }

    @Override
    public void stop() {
        ending.release();
        watch = null;
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    /** Before anything that uses the folders. */
    @Override
    public int getPhase() {
        return 0;
    }
}
