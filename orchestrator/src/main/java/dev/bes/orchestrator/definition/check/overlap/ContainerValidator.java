package dev.bes.orchestrator.definition.check.overlap;

import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the containers of all definitions together: the settings must name their stores, and only one definition may take a
 * blob.
 *
 * @param stores names of the blob stores in the settings
 */
public record ContainerValidator(Set<String> stores) {

    private record Located(NodeCursor at, DropContainer container) {
        /** A name that both take. */
        Optional<String> commonName(Located other) {
            boolean ignoreCase =
                    container.rules().ignoreCase() || other.container.rules().ignoreCase();
            String mine = container.pattern();
            String others = other.container.pattern();
            return ignoreCase
                    ? Glob.commonName(others.toLowerCase(Locale.ROOT), mine.toLowerCase(Locale.ROOT))
                    : Glob.commonName(others, mine);
        }
    }

    /** Reports mistakes in the definitions. */
    public void check(List<LocatedDefinition> all) {
        List<Located> before = new ArrayList<>();
        for (LocatedDefinition located : all) {
            List<DropContainer> containers = located.definition().triggers().containers();
            for (int i = 0; i < containers.size(); i++) {
                Located one = new Located(located.dropContainer(i), containers.get(i));
                checkStore(one.at, one.container.store());
                before.stream()
                        .filter(other -> other.container.location().equals(one.container.location()))
                        .filter(other -> one.commonName(other).isPresent())
                        .findFirst()
                        .ifPresent(other -> reportOverlap(one, other));
                before.add(one);
            }
        }
        before.forEach(one -> checkArchive(one, before));
        all.forEach(located -> checkDelivery(located, before));
    }

    /** Finds archived blobs that would be listed as inputs. */
    private static void checkArchive(Located one, List<Located> arrivals) {
        arrivals.stream()
                .filter(other -> other.container.rules().after() == After.ARCHIVE
                        && one.container.location().startsWith(other.container.location() + "archive/"))
                .findFirst()
                .ifPresent(other -> one.at.report(
                        "'container' lies in the archive of %s: blobs put away there would be scored again"
                                .formatted(other.at.location()),
                        "use another prefix"));
    }

    /** Finds outputs that would be listed as inputs. */
    private void checkDelivery(LocatedDefinition located, List<Located> arrivals) {
        Delivery.Container delivery = located.definition().delivery().container();
        if (delivery == null) {
            return;
        }
        NodeCursor at = located.deliveryContainer();
        checkStore(at, delivery.store());
        arrivals.stream()
                .filter(one -> one.container.store().equals(delivery.store())
                        && one.container.prefix().startsWith(delivery.prefix()))
                .findFirst()
                .ifPresent(one -> at.report(
                        "outputs may be put under '%s' in %s: they would be scored again"
                                .formatted(one.container.location(), one.at.location()),
                        "use another prefix"));
    }

    private void checkStore(NodeCursor at, String store) {
        if (!stores.contains(store)) {
            at.report(
                    "unknown blob store '" + store + "'",
                    stores.isEmpty()
                            ? "none is configured: set orchestrator.blobs.stores." + store + ".container"
                            : Suggestion.hint(store, stores.stream().sorted().toList()));
        }
    }

    private static void reportOverlap(Located one, Located other) {
        one.at.report(
                "'container' is that in %s too, and both take a blob such as '%s' ('%s' and '%s'): who scores it would be chance"
                        .formatted(
                                other.at.location(),
                                one.commonName(other).orElse(""),
                                one.container.pattern(),
                                other.container.pattern()),
                "use another prefix, or patterns that have no name in common");
    }
}
