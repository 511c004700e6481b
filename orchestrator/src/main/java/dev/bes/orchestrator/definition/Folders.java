package dev.bes.orchestrator.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The configured root folders, blob stores, receivers of callbacks, and what endpoints take. Definitions name folders below the
 * roots, stores, addresses and endpoints.
 *
 * @param dropRoot folder that contains the drop folders
 * @param deliveryRoot folder that contains the delivered outputs
 * @param stores names of the blob stores
 * @param callbacks whether the settings allow to call an address
 * @param oneInput whether an endpoint takes only one input
 * @param folding whether scorings can share the jobs of an endpoint
 */
public record Folders(
        Path dropRoot,
        Path deliveryRoot,
        Set<String> stores,
        Predicate<String> callbacks,
        Predicate<String> oneInput,
        Predicate<String> folding) {

    /** The setting that names the drop root. */
    public static final String DROP_ROOT = "orchestrator.trigger.drop-root";

    /** The setting that names the delivery root. */
    public static final String DELIVERY_ROOT = "orchestrator.pipeline.delivery-root";

    /** The defaults of the settings. */
    public static final Folders DEFAULTS = new Folders(Path.of("inbox"), Path.of("delivered"), Set.of());

    /** The folders that this service creates in a drop folder, for taken files. */
    public static final Set<String> WORK = Set.of(".processing", "archive", "failed", "changed");

    /** Folders and stores, where every address may be called, and endpoints take any number of inputs. */
    public Folders(Path dropRoot, Path deliveryRoot, Set<String> stores) {
        this(dropRoot, deliveryRoot, stores, address -> true);
    }

    /** Folders, stores and receivers, where endpoints take any number of inputs and all their jobs can be shared. */
    public Folders(Path dropRoot, Path deliveryRoot, Set<String> stores, Predicate<String> callbacks) {
        this(dropRoot, deliveryRoot, stores, callbacks, endpoint -> false, endpoint -> true);
    }

    /** Resolves links, so that two paths of one folder compare as equal. */
    public Folders {
        dropRoot = real(dropRoot);
        deliveryRoot = real(deliveryRoot);
        stores = Set.copyOf(stores);
    }

    /** The path with links resolved, as far as it exists. */
    public static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path at = absolute; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(absolute)).normalize();
            } catch (IOException _) {
                // does not exist yet or is not accessible: its parent may be
            }
        }
        return absolute;
    }

    /** The path in lower case and Unicode NFC, as a disk compares it that ignores case and normalization. */
    public static Path folded(Path path) {
        return Path.of(
                Normalizer.normalize(path.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }
}
