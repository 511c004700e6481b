package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.trigger.TriggerSettings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The folder {@code <id>} of this process that holds files of requests while they arrive. It lies on a local disk, because a hanging
 * mount would block Tomcat's threads. Only its owner may read it. A process refreshes its mark every minute; folders of dead
 * processes are removed. Ages come from the file system's times alone, so that a node's wrong clock does no harm.
 */
@Component
public class UploadTempFolder {
    private static final Logger LOG = LoggerFactory.getLogger(UploadTempFolder.class);
    private static final String MARK = "alive";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final long REFRESH_MILLIS = 60_000;
    private static final Duration DEAD = Duration.ofMinutes(10);

    private final Path all;
    private final Path own;
    private final FileThreads files;

    UploadTempFolder(TriggerSettings settings, FileThreads files) {
        this.files = files;
        this.all = settings.uploadTemp();
        this.own = all.resolve(UUID.randomUUID().toString());
        refresh();
    }

    /** The folder of this process. It exists, unless the log says why it could not be created. */
    public Path path() {
        return own;
    }

    /** Refreshes the mark of this process, and removes the folders of dead processes. */
    @Scheduled(initialDelay = REFRESH_MILLIS, fixedDelay = REFRESH_MILLIS)
    final void refresh() {
        try {
            files.call(Use.REQUEST, "Refreshing " + own, this::refreshAndPurge);
        } catch (IOException e) {
            LOG.warn(
                    "{} (orchestrator.trigger.upload-temp) can't be used: requests with files fail, or old files are not removed."
                            + " Reason: {}",
                    all,
                    e.toString());
        }
    }

    private boolean refreshAndPurge() throws IOException {
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            create();
        }
        Path mark = Files.writeString(own.resolve(MARK), "");
        // truncating an empty file does not change its time, writing content does
        Files.writeString(mark, own.getFileName().toString());
        return purge(Files.getLastModifiedTime(mark));
    }

    private void create() throws IOException {
        Files.createDirectories(all);
        try {
            Files.createDirectory(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            // this file system has no POSIX permissions
            Files.createDirectory(own);
        }
    }

    private boolean purge(FileTime now) throws IOException {
        boolean purged = false;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (isOfAProcess(folder) && isDead(folder, now)) {
                    purged |= FileSystemUtils.deleteRecursively(folder);
                    LOG.info("Removed {}: files of requests whose process ended", folder);
                }
            }
        }
        return purged;
    }

    private boolean isOfAProcess(Path folder) {
        return ID.matcher(folder.getFileName().toString()).matches()
                && !folder.equals(own)
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isDead(Path folder, FileTime now) throws IOException {
        Path mark = folder.resolve(MARK);
        FileTime seen = Files.getLastModifiedTime(
                Files.exists(mark, LinkOption.NOFOLLOW_LINKS) ? mark : folder, LinkOption.NOFOLLOW_LINKS);
        return seen.toInstant().isBefore(now.toInstant().minus(DEAD));
    }

    @PreDestroy
    void remove() throws IOException {
        FileSystemUtils.deleteRecursively(own);
    }
}
