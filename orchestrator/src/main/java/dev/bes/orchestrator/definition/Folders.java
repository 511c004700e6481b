package dev.bes.orchestrator.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * The folders of a configuration that files come from and go to. Definitions name folders in them.
 *
 * @param dropRoot folder under which the drop folders lie
 * @param uploads folder that keeps files sent with requests
 * @param deliveryRoot folder under which outputs are delivered
 */
public record Folders(Path dropRoot, Path uploads, Path deliveryRoot) {

    /** The setting that names the drop root. */
    public static final String DROP_ROOT = "orchestrator.trigger.drop-root";

    /** The setting that names the folder of uploads. */
    public static final String UPLOADS = "orchestrator.trigger.uploads";

    /** The setting that names the delivery root. */
    public static final String DELIVERY_ROOT = "orchestrator.pipeline.delivery-root";

    /** What holds when a configuration names none of them. */
    public static final Folders DEFAULTS = new Folders(Path.of("inbox"), Path.of("uploads"), Path.of("delivered"));

    /** Folders of our own in each drop folder, for files that were taken. */
    public static final Set<String> WORK = Set.of(".processing", "archive", "failed", "changed");

    /** Makes real paths of them, so that links and other spellings of one folder are seen to be one. */
    public Folders {
        dropRoot = real(dropRoot);
        uploads = real(uploads);
        deliveryRoot = real(deliveryRoot);
    }

    /** The path without links, as far as it exists. */
    public static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path at = absolute; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(absolute)).normalize();
            } catch (IOException _) {
                // not there yet, or not ours to look at: the folder around it may be
            }
        }
        return absolute;
    }

    /** The path as a disk sees it that does not tell upper from lower case, nor one spelling of an umlaut from another. */
    public static Path folded(Path path) {
        return Path.of(
                Normalizer.normalize(path.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }
}
