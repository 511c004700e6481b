package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.SafeName;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.InputFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts checked files in their place. A file is written beside the place under a temporary name and moved there when it is
 * whole and good; its name is made of our own numbers, so that no two ever meet.
 */
@Component
class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Path root;

    Delivery(PipelineSettings settings) {
        this.root = settings.deliveryRoot();
    }

    /**
     * Opens a temporary file for an output.
     *
     * @throws IOException if the folder can't be made
     */
    Incoming open(Claim claim, String output) throws IOException {
        Path folder = root.resolve(claim.delivery()).normalize();
        if (!folder.startsWith(root)) {
            throw new IOException("The delivery folder '" + claim.delivery() + "' lies outside of " + root);
        }
        Files.createDirectories(folder);
        Path place = folder.resolve(name(claim, output));
        Path temporary = folder.resolve("." + place.getFileName() + "." + claim.epoch() + ".part");
        if (claim.lapses() > 0) {
            clearUp(folder, "." + place.getFileName() + ".");
        }
        Files.deleteIfExists(temporary);
        return new Incoming(temporary, place);
    }

    /** What a node that fell silent had begun to write. */
    private static void clearUp(Path folder, String beginning) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().startsWith(beginning))) {
            for (Path leftOver : files) {
                Files.deleteIfExists(leftOver);
            }
        }
    }

    private static String name(Claim claim, String output) {
        InputFile first = claim.inputs().values().iterator().next();
        String stem = SafeName.of(first.name().replaceFirst("\\.[^.]*$", ""));
        return "%d-%d-%s.%s.csv".formatted(claim.run(), claim.place(), stem, SafeName.of(output));
    }

    /** Moves whole and good files into their places, over an earlier delivery of the same scoring. */
    void deliver(Collection<Incoming> files) throws IOException {
        for (Incoming file : files) {
            Files.move(file.path, file.place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Takes back what was delivered for a scoring that ended otherwise. */
    void withdraw(Claim claim) {
        for (String output : claim.definition().outputs().keySet()) {
            discard(List.of(new Incoming(place(claim, output), place(claim, output))));
        }
    }

    private Path place(Claim claim, String output) {
        return root.resolve(claim.delivery()).normalize().resolve(name(claim, output));
    }

    /** Removes what is left of files that were not delivered. */
    void discard(Collection<Incoming> files) {
        for (Incoming file : files) {
            try {
                Files.deleteIfExists(file.path);
            } catch (IOException e) {
                LOG.warn("A temporary file could not be removed: {}", e.getMessage());
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
