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
 * Where this process keeps files of requests while they arrive: {@code <id>} in a folder of this machine, for its owner only.
 * It is no shared folder: Tomcat writes there on threads that a mount which hangs would take from all others. What processes that are gone left behind is removed; a living one refreshes its mark every minute. Ages are
 * told by the times of the file system alone, so that a wrong clock of a node harms nobody.
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

    /** This process's folder; there, unless the log says why it could not be made. */
    public Path path() {
        return own;
    }

    /** Says that this process lives, and removes what dead ones left. */
    @Scheduled(initialDelay = REFRESH_MILLIS, fixedDelay = REFRESH_MILLIS)
    final void refresh() {
        try {
            files.call(Use.REQUEST, "Refreshing " + own, this::refreshed);
        } catch (IOException e) {
            LOG.warn(
                    "Requests with files can't be taken, or old ones not be removed, while {} (orchestrator.trigger.upload-temp)"
                            + " can't be used: {}",
                    all,
                    e.toString());
        }
    }

    private boolean refreshed() throws IOException {
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            make();
        }
        Path mark = Files.writeString(own.resolve(MARK), "");
        // written anew each time: an empty file that is emptied again keeps its time
        Files.writeString(mark, own.getFileName().toString());
        return purge(Files.getLastModifiedTime(mark));
    }

    private void make() throws IOException {
        Files.createDirectories(all);
        try {
            Files.createDirectory(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            // a disk without such permissions
            Files.createDirectory(own);
        }
    }

    private boolean purge(FileTime now) throws IOException {
        boolean purged = false;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (isOfAProcess(folder) && isDead(folder, now)) {
                    purged |= FileSystemUtils.deleteRecursively(folder);
                    LOG.info("Removed {}: requests that were under way when their process ended", folder);
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
