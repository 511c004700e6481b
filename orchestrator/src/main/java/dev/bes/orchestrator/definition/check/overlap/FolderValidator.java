package dev.bes.orchestrator.definition.check.overlap;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.Triggers;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks the folders of all definitions and of the configuration together. A delivered or archived file must never be read as
 * a new input, and only one definition may take a file.
 */
public record FolderValidator(Folders folders, Path definitions) {

    /** Maximum length of a root, so that a folder and the name of a file fit into PATH_MAX. */
    private static final int MAX_ROOT_BYTES = 800;

    /**
     * A drop folder of a definition.
     *
     * @param at its location in the definition
     * @param named its path before links are followed
     * @param path its real path
     * @param pattern glob of the file names
     * @param options what else decides
     */
    private record Drop(
            LocatedDefinition of, NodeCursor at, Path named, Path path, String pattern, FileOptions options) {
        /** A name that both take. */
        Optional<String> commonName(Drop other) {
            return options.ignoreCase() || other.options.ignoreCase()
                    ? Glob.commonName(other.pattern.toLowerCase(Locale.ROOT), pattern.toLowerCase(Locale.ROOT))
                    : Glob.commonName(other.pattern, pattern);
        }

        String describe() {
            return "the drop folder in " + at.location();
        }
    }

    /** Reports mistakes in the definitions, and returns the mistakes in settings. */
    public List<Diagnostic> check(List<LocatedDefinition> all) {
        List<Drop> drops = drops(all);
        checkOverlaps(drops);
        checkWorkFolders(drops);
        checkSubFolders(drops);
        drops.stream()
                .filter(drop -> drop.path.startsWith(work()))
                .forEach(drop -> drop.at.report(
                        "'folder' lies in %s, where taken files are kept".formatted(work()),
                        "use a folder outside of it"));
        all.forEach(located -> checkDelivery(located, drops));
        return checkRoots();
    }

    private Path work() {
        return folders.dropRoot().resolve(".processing");
    }

    private List<Drop> drops(List<LocatedDefinition> all) {
        List<Drop> drops = new ArrayList<>();
        for (LocatedDefinition located : all) {
            List<Triggers.DropFolder> files = located.definition().triggers().files();
            for (int i = 0; i < files.size(); i++) {
                Path named = folders.dropRoot().resolve(files.get(i).folder()).normalize();
                drops.add(new Drop(
                        located,
                        located.dropFolder(i),
                        named,
                        Folders.real(named),
                        files.get(i).pattern(),
                        files.get(i).rules()));
            }
        }
        return drops;
    }

    /** Finds files that two definitions would take. */
    private static void checkOverlaps(List<Drop> drops) {
        Map<Path, List<Drop>> byPath = new HashMap<>();
        for (Drop drop : drops) {
            List<Drop> before = byPath.computeIfAbsent(Folders.folded(drop.path), none -> new ArrayList<>());
            before.stream()
                    .filter(other -> drop.commonName(other).isPresent())
                    .findFirst()
                    .ifPresent(other -> reportOverlap(drop, other));
            before.add(drop);
        }
    }

    private static void reportOverlap(Drop drop, Drop other) {
        String witness = drop.commonName(other).orElse("");
        if (drop.path.equals(other.path)) {
            drop.at.report(
                    "'folder' is %s too, and both take a file such as '%s' ('%s' and '%s'): who scores it would be chance"
                            .formatted(other.describe(), witness, drop.pattern, other.pattern),
                    "use another folder, or patterns that have no name in common");
        } else {
            drop.at.warn(
                    "'folder' differs only in case or spelling from %s: on some disks both are one"
                            .formatted(other.describe()),
                    "use another name");
        }
    }

    /** Finds drop folders inside the archive of another one. */
    private static void checkWorkFolders(List<Drop> drops) {
        Map<Path, Drop> byPath = new LinkedHashMap<>();
        drops.forEach(drop -> byPath.putIfAbsent(Folders.folded(drop.path), drop));
        for (Drop drop : drops) {
            for (Path at = drop.path; at.getParent() != null; at = at.getParent()) {
                String name = Folders.folded(at.getFileName()).toString();
                Drop other = byPath.get(Folders.folded(at.getParent()));
                if (other != null && Folders.WORK.contains(name)) {
                    drop.at.report(
                            "'folder' lies in '%s' of %s: files put away there would be scored again"
                                    .formatted(name, other.describe()),
                            "use a folder outside of it");
                }
            }
        }
    }

    /** Finds drop folders that a link puts among the sub-folders of another one: there they do not look like drop folders. */
    private static void checkSubFolders(List<Drop> drops) {
        List<Drop> recursive =
                drops.stream().filter(drop -> drop.options.includesSubFolders()).toList();
        for (Drop drop : drops) {
            recursive.stream()
                    .filter(other -> !drop.path.equals(other.path)
                            && drop.path.startsWith(other.path)
                            && !drop.named.startsWith(other.named))
                    .findFirst()
                    .ifPresent(other -> drop.at.report(
                            "'folder' is by a link a folder in %s, which is recursive: who scores its files would be chance"
                                    .formatted(other.describe()),
                            "use a folder outside of it, or name it without the link"));
        }
    }

    private void checkDelivery(LocatedDefinition located, List<Drop> drops) {
        if (located.definition().delivery().containerAlone() != null) {
            return;
        }
        DeliveryPattern delivery = DeliveryPattern.of(located.definition(), folders.deliveryRoot());
        String setting = "%s is %s".formatted(Folders.DELIVERY_ROOT, folders.deliveryRoot());
        Optional<Drop> reached =
                drops.stream().filter(drop -> delivery.reaches(drop.path)).findFirst();
        if (reached.isPresent()) {
            Drop drop = reached.get();
            String what = !delivery.mayBe(drop.path)
                    ? "lie among its files"
                    : drop.of.equals(located) ? "be scored again, without end" : "be taken for inputs";
            located.delivery()
                    .report(
                            "outputs go to '%s' in %s (%s): they would %s (%s)"
                                    .formatted(
                                            located.definition().delivery().folder(),
                                            drop.describe(),
                                            drop.path,
                                            what,
                                            setting),
                            "deliver to another folder, or set " + Folders.DELIVERY_ROOT + " apart from "
                                    + Folders.DROP_ROOT);
            return;
        }
        drops.stream()
                .filter(drop -> delivery.reachesFolded(drop.path))
                .findFirst()
                .ifPresent(drop -> located.delivery()
                        .warn(
                                "the delivery folder differs only in case or spelling from %s: on some disks both are one"
                                        .formatted(drop.describe()),
                                "deliver to another folder"));
        if (delivery.reaches(work())) {
            located.delivery()
                    .report(
                            "outputs go to %s, where taken files are kept (%s)".formatted(work(), setting),
                            "deliver to another folder");
        }
        checkFrom(located, delivery);
    }

    /** Finds globs that match the outputs of their own definition. */
    private void checkFrom(LocatedDefinition located, DeliveryPattern delivery) {
        Optional<String> delivered = delivery.globIn(Folders.real(definitions));
        located.definition()
                .inputs()
                .forEach((name, input) -> delivered
                        .flatMap(glob -> input.from() == null
                                ? Optional.empty()
                                : Glob.commonName(
                                        Templates.replace(Objects.requireNonNull(input.from()), expression -> "*"),
                                        glob))
                        .ifPresent(witness -> located.root()
                                .at("inputs")
                                .at(name)
                                .at("from")
                                .report(
                                        "'from' matches what the job delivers, such as '%s' (%s; %s is %s): its outputs would be scored again"
                                                .formatted(
                                                        witness,
                                                        located.delivery().location(),
                                                        Folders.DELIVERY_ROOT,
                                                        folders.deliveryRoot()),
                                        "deliver to another folder")));
    }

    private List<Diagnostic> checkRoots() {
        int bytes = folders.deliveryRoot().toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_ROOT_BYTES
                ? List.of()
                : List.of(new Diagnostic(
                        Folders.DELIVERY_ROOT,
                        0,
                        0,
                        "is %d bytes long, links followed; at most %d leave space for folders and names of files"
                                .formatted(bytes, MAX_ROOT_BYTES),
                        null));
    }
}
