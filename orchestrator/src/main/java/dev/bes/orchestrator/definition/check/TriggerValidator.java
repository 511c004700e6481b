package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Checks what the schema cannot express about triggers. */
record TriggerValidator(CronValidator cron) {

    void check(NodeCursor triggers, NodeCursor inputs) {
        Set<String> names = new HashSet<>();
        triggers.at("schedules").elements().forEach(schedule -> {
            NodeCursor name = schedule.at("name");
            name.text()
                    .filter(text -> !names.add(text))
                    .ifPresent(text -> name.report("duplicate schedule '" + text + "'", null));
            new ScheduleValidator(cron, schedule).check();
        });
        triggers.at("files").elements().forEach(folder -> checkDropFolder(folder, inputs));
    }

    private static void checkDropFolder(NodeCursor dropFolder, NodeCursor inputs) {
        NodeCursor folder = dropFolder.at("folder");
        folder.text()
                .flatMap(RelativePath::plainMistake)
                .ifPresent(mistake -> folder.report("'folder' " + mistake, null));
        NodeCursor container = dropFolder.at("container");
        container
                .text()
                .flatMap(RelativePath::plainMistake)
                .ifPresent(mistake -> container.report("'container' " + mistake, null));
        if (container.isPresent()) {
            checkContainer(dropFolder, container);
        } else if (dropFolder.isObject() && !folder.isPresent()) {
            dropFolder.reportMissing("folder", "or 'container', for blobs");
        }
        NodeCursor pattern = dropFolder.at("pattern");
        pattern.text()
                .flatMap(RelativePath::globMistake)
                .ifPresent(mistake -> pattern.report("'pattern' " + mistake, null));
        Stream.of("exclude", "temporary")
                .forEach(key -> dropFolder
                        .at(key)
                        .elements()
                        .forEach(glob -> glob.text()
                                .flatMap(RelativePath::globMistake)
                                .ifPresent(mistake -> glob.report("a glob of '" + key + "' " + mistake, null))));
        checkSizes(dropFolder);
        checkArchive(dropFolder);
        checkGroup(dropFolder, inputs);
        NodeCursor input = dropFolder.at("input");
        input.text()
                .filter(name -> !inputs.keys().contains(name))
                .ifPresent(name -> input.report("unknown input '" + name + "'", Suggestion.hint(name, inputs.keys())));
    }

    /** Files that are deleted, or stay where they are, are not archived. */
    private static void checkArchive(NodeCursor dropFolder) {
        NodeCursor archiveBy = dropFolder.at("archive-by");
        boolean archives = dropFolder
                .at("after")
                .text()
                .map("archive"::equals)
                .orElse(!dropFolder.at("container").isPresent());
        if (archiveBy.isPresent() && !archives) {
            archiveBy.report("'archive-by' needs an archive: its files are not moved there", "remove it, or 'after'");
        }
    }

    private static void checkContainer(NodeCursor dropContainer, NodeCursor container) {
        if (dropContainer.at("folder").isPresent()) {
            container.report("files come from a folder or from a container", "remove 'folder', or 'container'");
        }
        NodeCursor changed = dropContainer.at("changed");
        if (changed.isPresent()) {
            changed.report("'changed' is for files: another version of a blob always becomes another run", "remove it");
        }
        NodeCursor recursive = dropContainer.at("recursive");
        if (recursive.isPresent()) {
            recursive.report("'recursive' is for folders: blobs are taken right below the prefix", "remove it");
        }
    }

    private static void checkGroup(NodeCursor dropFolder, NodeCursor inputs) {
        NodeCursor group = dropFolder.at("group");
        if (group.isObject()
                && Stream.of("files", "wait", "quiet")
                        .noneMatch(key -> group.at(key).isPresent())) {
            group.report("'group' never starts a run", "add 'files', 'wait' or 'quiet'");
        }
        NodeCursor incomplete = group.at("incomplete");
        if (incomplete.isPresent() && !group.at("files").isPresent()) {
            incomplete.report("'incomplete' needs to know how many files make a group", "add 'files'");
        }
        NodeCursor input = dropFolder.at("input");
        boolean other = input.text()
                .filter(name ->
                        !inputs.keys().isEmpty() && !name.equals(inputs.keys().getFirst()))
                .isPresent();
        if (group.isPresent() && other) {
            input.report("files of a group feed the first input, one scoring each", "remove 'input', or 'group'");
        }
    }

    private static void checkSizes(NodeCursor dropFolder) {
        Optional<Long> least = dropFolder
                .at("min-size")
                .text()
                .map(text -> DataSize.parse(text).toBytes());
        NodeCursor max = dropFolder.at("max-size");
        max.text()
                .map(text -> DataSize.parse(text).toBytes())
                .filter(most -> least.isPresent() && most < least.get())
                .ifPresent(most -> max.report("'max-size' is less than 'min-size': no file would be taken", null));
    }
}
