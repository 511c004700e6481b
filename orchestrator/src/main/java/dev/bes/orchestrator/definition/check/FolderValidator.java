package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.Triggers;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks the folders of all definitions and of the configuration together: what is delivered or put away must never be
 * taken for a new input, and each file has one taker.
 */
public record FolderValidator(Folders folders, Path definitions) {

    /** So much is left of what a file system takes as a path, after a folder and the name of a file. */
    private static final int LONGEST_ROOT = 800;

    /**
     * A drop folder of a definition.
     *
     * @param at where it is named
     * @param path its real path
     * @param pattern glob of the names that it takes
     */
    private record Drop(LocatedDefinition of, NodeCursor at, Path path, String pattern) {
        String words() {
            return "the drop folder in " + at.where();
        }
    }

    /** Objects to values of the definitions, and returns what is wrong with settings alone. */
    public List<Diagnostic> check(List<LocatedDefinition> all) {
        List<Drop> drops = drops(all);
        checkTakers(drops);
        checkWorkFolders(drops);
        drops.forEach(this::checkUploads);
        drops.stream()
                .filter(drop -> drop.path.startsWith(work()))
                .forEach(drop -> drop.at.object(
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
                Path path = Folders.real(folders.dropRoot().resolve(files.get(i).folder()));
                drops.add(new Drop(
                        located, located.dropFolder(i), path, files.get(i).pattern()));
            }
        }
        return drops;
    }

    /** Two takers of one file: who is first is chance. */
    private static void checkTakers(List<Drop> drops) {
        Map<Path, List<Drop>> takers = new HashMap<>();
        for (Drop drop : drops) {
            List<Drop> before = takers.computeIfAbsent(Folders.folded(drop.path), none -> new ArrayList<>());
            before.stream()
                    .filter(other -> Glob.meet(other.pattern, drop.pattern).isPresent())
                    .findFirst()
                    .ifPresent(other -> objectToTaker(drop, other));
            before.add(drop);
        }
    }

    private static void objectToTaker(Drop drop, Drop other) {
        String witness = Glob.meet(other.pattern, drop.pattern).orElse("");
        if (drop.path.equals(other.path)) {
            drop.at.object(
                    "'folder' is %s too, and both take a file such as '%s' ('%s' and '%s'): who scores it would be chance"
                            .formatted(other.words(), witness, drop.pattern, other.pattern),
                    "use another folder, or patterns that have no name in common");
        } else {
            drop.at.warn(
                    "'folder' differs only in case or spelling from %s: on some disks both are one"
                            .formatted(other.words()),
                    "use another name");
        }
    }

    /** A drop folder where another one puts its files away. */
    private static void checkWorkFolders(List<Drop> drops) {
        Map<Path, Drop> byPath = new LinkedHashMap<>();
        drops.forEach(drop -> byPath.putIfAbsent(Folders.folded(drop.path), drop));
        for (Drop drop : drops) {
            for (Path at = drop.path; at.getParent() != null; at = at.getParent()) {
                String name = Folders.folded(at.getFileName()).toString();
                Drop other = byPath.get(Folders.folded(at.getParent()));
                if (other != null && Folders.WORK.contains(name)) {
                    drop.at.object(
                            "'folder' lies in '%s' of %s: files put away there would be scored again"
                                    .formatted(name, other.words()),
                            "use a folder outside of it");
                }
            }
        }
    }

    private void checkUploads(Drop drop) {
        if (folders.uploads().startsWith(drop.path) || drop.path.startsWith(folders.uploads())) {
            drop.at.object(
                    "'folder' is %s, and %s is %s: one lies in the other, so that files sent with requests would be"
                                    .formatted(drop.path, Folders.UPLOADS, folders.uploads())
                            + " taken for dropped ones, or removed with them",
                    "use separate folders");
        }
    }

    private void checkDelivery(LocatedDefinition located, List<Drop> drops) {
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
                    .object(
                            "outputs go to '%s' in %s (%s): they would %s (%s)"
                                    .formatted(
                                            located.definition().delivery().folder(),
                                            drop.words(),
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
                                        .formatted(drop.words()),
                                "deliver to another folder"));
        if (delivery.reaches(folders.uploads())) {
            located.delivery()
                    .object(
                            "outputs go to '%s' in %s, which is %s (%s)"
                                    .formatted(
                                            located.definition().delivery().folder(),
                                            Folders.UPLOADS,
                                            folders.uploads(),
                                            setting),
                            "deliver to another folder");
        }
        if (delivery.reaches(work())) {
            located.delivery()
                    .object(
                            "outputs go to %s, where taken files are kept (%s)".formatted(work(), setting),
                            "deliver to another folder");
        }
        checkFrom(located, delivery);
    }

    /** A glob that matches what the same definition delivers: more with each run. */
    private void checkFrom(LocatedDefinition located, DeliveryPattern delivery) {
        Optional<String> delivered = delivery.globIn(Folders.real(definitions));
        located.definition()
                .inputs()
                .forEach((name, input) -> delivered
                        .flatMap(glob -> input.from() == null
                                ? Optional.empty()
                                : Glob.meet(Objects.requireNonNull(input.from()), glob))
                        .ifPresent(witness -> located.root()
                                .at("inputs")
                                .at(name)
                                .at("from")
                                .object(
                                        "'from' matches what the job delivers, such as '%s' (%s; %s is %s): its outputs would be scored again"
                                                .formatted(
                                                        witness,
                                                        located.delivery().where(),
                                                        Folders.DELIVERY_ROOT,
                                                        folders.deliveryRoot()),
                                        "deliver to another folder")));
    }

    private List<Diagnostic> checkRoots() {
        int bytes = folders.deliveryRoot().toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= LONGEST_ROOT
                ? List.of()
                : List.of(new Diagnostic(
                        Folders.DELIVERY_ROOT,
                        0,
                        0,
                        "is %d bytes long, links followed; at most %d leave room for folders and names of files"
                                .formatted(bytes, LONGEST_ROOT),
                        null));
    }
}
