package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.files.FilePlacement.Placed;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.InputSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers checked files. A file is written under a temporary name in the delivery folder, and renamed when it is complete and
 * valid. File names consist of the numbers of run and scoring. If another file has that name, for example after the
 * database was restored, that file stays.
 */
@Component
public class OutputDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OutputDelivery.class);

    private static final int MAX_UNCOMMITTED = 10_000;

    private final Path root;
    // files delivered for scorings whose move is not committed yet
    private final Map<Long, List<Path>> uncommitted = new ConcurrentHashMap<>();

    public OutputDelivery(PipelineSettings settings) {
        this.root = settings.deliveryRoot();
    }

    /** The delivery folder cannot be used, and waiting does not change that. */
    static final class UndeliverableException extends IOException {
        private static final long serialVersionUID = 1L;

        UndeliverableException(String reason) {
            super(reason);
        }
    }

    /**
     * Opens a temporary file for an output.
     *
     * @throws UndeliverableException if the folder can't be created, and waiting does not change that
     * @throws IOException if the folder can't be created for now
     */
    TemporaryFile open(Claim claim, String output) throws IOException {
        try {
            Path folder = folder(claim);
            Files.createDirectories(folder);
            Path target = folder.resolve(name(claim, output));
            String begin = ".%d-%d-".formatted(claim.run(), claim.position());
            String end = ".%d.part".formatted(claim.epoch());
            if (claim.expiredLeases() > 0) {
                deleteLeftovers(folder, begin, end);
            }
            Path temporary = folder.resolve(begin + SafeName.of(output) + end);
            Files.deleteIfExists(temporary);
            return new TemporaryFile(temporary, target);
        } catch (IOException e) {
            throw classify(e);
        }
    }

    private Path folder(Claim claim) throws IOException {
        try {
            Path folder = root.resolve(claim.delivery()).normalize();
            if (!folder.startsWith(root)) {
                throw new UndeliverableException(
                        "The delivery folder '" + claim.delivery() + "' is outside of " + root);
            }
            return folder;
        } catch (InvalidPathException e) {
            throw new UndeliverableException(
                    "The delivery folder '" + claim.delivery() + "' is not a valid path: " + e.getReason());
        }
    }

    private static IOException classify(IOException e) {
        return FileErrorMessage.lasts(e) ? new UndeliverableException(FileErrorMessage.of(e, "written")) : e;
    }

    /** Deletes temporary files of a node that died. */
    private static void deleteLeftovers(Path folder, String begin, String ownSuffix) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
            String name = String.valueOf(file.getFileName());
            return name.startsWith(begin) && name.endsWith(".part") && !name.endsWith(ownSuffix);
        })) {
            for (Path leftOver : files) {
                Files.deleteIfExists(leftOver);
            }
        }
    }

    /** The name of the file of an output. */
    static String name(Claim claim, String output) {
        InputSource first = claim.inputs().values().iterator().next();
        String stem = SafeName.of(first.name().replaceFirst("\\.[^.]*$", ""));
        return "%d-%d-%s.%s.csv".formatted(claim.run(), claim.position(), stem, SafeName.of(output));
    }

    /**
     * Moves complete and valid files to their targets, all or none. A file of the same content at the target is an earlier
     * delivery of the same scoring, whose commit failed.
     *
     * @return the path of each file, by output
     * @throws IOException if one of them can't be moved; then none is delivered
     */
    Map<String, Path> deliver(Claim claim, Map<String, TemporaryFile> files) throws IOException {
        Map<String, Path> paths = new LinkedHashMap<>();
        List<Path> before = uncommitted.getOrDefault(claim.scoring(), List.of());
        List<Path> fresh = new ArrayList<>();
        boolean all = false;
        try {
            for (Map.Entry<String, TemporaryFile> file : files.entrySet()) {
                Placed placed = FilePlacement.move(
                        file.getValue().path(), file.getValue().target(), FilePlacement.Already.SAME_CONTENT);
                paths.put(file.getKey(), placed.path());
                if (placed.isNew() || before.contains(placed.path())) {
                    fresh.add(placed.path());
                }
            }
            all = true;
        } catch (IOException e) {
            throw classify(e);
        } finally {
            if (!all) {
                remove(fresh);
            }
        }
        if (uncommitted.size() > MAX_UNCOMMITTED) {
            // after a long database outage: these files stay, even if their scorings are cancelled
            uncommitted.clear();
        }
        uncommitted.put(claim.scoring(), fresh);
        return paths;
    }

    /** Forgets the files of a scoring: they are committed, or another node delivers them. */
    void forget(Claim claim) {
        uncommitted.remove(claim.scoring());
    }

    /** Deletes the files that this node has just delivered for a scoring that was cancelled, and no earlier ones. */
    void withdraw(Claim claim) {
        List<Path> fresh = uncommitted.remove(claim.scoring());
        remove(fresh == null ? List.of() : fresh);
    }

    /** Deletes temporary files that were not delivered. */
    void discard(Collection<TemporaryFile> files) {
        remove(files.stream().map(TemporaryFile::path).toList());
    }

    private static void remove(Collection<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("A file that is not delivered could not be removed: {}", FileErrorMessage.of(e, "removed"));
            }
        }
    }

    /**
     * A file that is not delivered yet.
     *
     * @param path its temporary path
     * @param target the path that it is delivered to
     */
    record TemporaryFile(Path path, Path target) {}
}
