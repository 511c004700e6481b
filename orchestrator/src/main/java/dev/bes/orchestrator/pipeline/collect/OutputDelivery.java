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
 * Puts checked files in their place. A file is written beside the place under a temporary name and moved there when it is
 * whole and good. Its name is made of our own numbers; where it meets another file all the same, as after a database was
 * restored or made anew, the file that was there first stays.
 */
@Component
public class OutputDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OutputDelivery.class);

    private static final int MOST_UNCOMMITTED = 10_000;

    private final Path root;
    // what was put in place for scorings whose move is not committed yet
    private final Map<Long, List<Path>> uncommitted = new ConcurrentHashMap<>();

    public OutputDelivery(PipelineSettings settings) {
        this.root = settings.deliveryRoot();
    }

    /** A place that no waiting makes fit to deliver to. */
    static final class NoPlaceException extends IOException {
        private static final long serialVersionUID = 1L;

        NoPlaceException(String why) {
            super(why);
        }
    }

    /**
     * Opens a temporary file for an output.
     *
     * @throws NoPlaceException if the folder can't be made, and waiting does not change that
     * @throws IOException if the folder can't be made for now
     */
    Incoming open(Claim claim, String output) throws IOException {
        try {
            Path folder = folder(claim);
            Files.createDirectories(folder);
            Path place = folder.resolve(name(claim, output));
            String begin = ".%d-%d-".formatted(claim.run(), claim.place());
            String end = ".%d.part".formatted(claim.epoch());
            if (claim.lapses() > 0) {
                clearUp(folder, begin, end);
            }
            Path temporary = folder.resolve(begin + SafeName.of(output) + end);
            Files.deleteIfExists(temporary);
            return new Incoming(temporary, place);
        } catch (IOException e) {
            throw lasting(e);
        }
    }

    private Path folder(Claim claim) throws IOException {
        try {
            Path folder = root.resolve(claim.delivery()).normalize();
            if (!folder.startsWith(root)) {
                throw new NoPlaceException("The delivery folder '" + claim.delivery() + "' lies outside of " + root);
            }
            return folder;
        } catch (InvalidPathException e) {
            throw new NoPlaceException("The delivery folder '" + claim.delivery() + "' is no path: " + e.getReason());
        }
    }

    private static IOException lasting(IOException e) {
        return FileErrorMessage.lasts(e) ? new NoPlaceException(FileErrorMessage.words(e, "written")) : e;
    }

    /** What a node that fell silent had begun to write. */
    private static void clearUp(Path folder, String begin, String ours) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
            String name = String.valueOf(file.getFileName());
            return name.startsWith(begin) && name.endsWith(".part") && !name.endsWith(ours);
        })) {
            for (Path leftOver : files) {
                Files.deleteIfExists(leftOver);
            }
        }
    }

    private static String name(Claim claim, String output) {
        InputSource first = claim.inputs().values().iterator().next();
        String stem = SafeName.of(first.name().replaceFirst("\\.[^.]*$", ""));
        return "%d-%d-%s.%s.csv".formatted(claim.run(), claim.place(), stem, SafeName.of(output));
    }

    /**
     * Moves whole and good files into their places, all or none. A file of the same content that lies at a place already is
     * an earlier delivery of the same scoring, whose commit failed.
     *
     * @return where each lies now, by output
     * @throws IOException if one of them can't be moved; then none is in its place, but what was there before
     */
    Map<String, Path> deliver(Claim claim, Map<String, Incoming> files) throws IOException {
        Map<String, Path> places = new LinkedHashMap<>();
        List<Path> before = uncommitted.getOrDefault(claim.scoring(), List.of());
        List<Path> fresh = new ArrayList<>();
        boolean all = false;
        try {
            for (Map.Entry<String, Incoming> file : files.entrySet()) {
                Placed placed = FilePlacement.move(
                        file.getValue().path(), file.getValue().place(), FilePlacement.Already.SAME_CONTENT);
                places.put(file.getKey(), placed.path());
                if (placed.isNew() || before.contains(placed.path())) {
                    fresh.add(placed.path());
                }
            }
            all = true;
        } catch (IOException e) {
            throw lasting(e);
        } finally {
            if (!all) {
                remove(fresh);
            }
        }
        if (uncommitted.size() > MOST_UNCOMMITTED) {
            // after a long time without a database: these stay where they are, even if they are cancelled
            uncommitted.clear();
        }
        uncommitted.put(claim.scoring(), fresh);
        return places;
    }

    /** What was delivered for a scoring is committed, or another node's business. */
    void settle(Claim claim) {
        uncommitted.remove(claim.scoring());
    }

    /** Takes back what this node has just delivered for a scoring that ended otherwise, and nothing that lay there before. */
    void withdraw(Claim claim) {
        List<Path> fresh = uncommitted.remove(claim.scoring());
        remove(fresh == null ? List.of() : fresh);
    }

    /** Removes what is left of files that were not delivered. */
    void discard(Collection<Incoming> files) {
        remove(files.stream().map(Incoming::path).toList());
    }

    private static void remove(Collection<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("A file that is not delivered could not be removed: {}", FileErrorMessage.words(e, "removed"));
            }
        }
    }

    /**
     * A file on its way.
     *
     * @param path where to write
     * @param place where it goes
     */
    record Incoming(Path path, Path place) {}
}
