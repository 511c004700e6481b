package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.FrozenDefinition;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What definitions say of arriving files and blobs, and where it is wrong. */
class ArrivalDefinitionsTests {
    private static final String TRIGGERS = """
            triggers:
              files:
                - folder: drop
                  min-size: 1B
                  max-size: 1KB
                  group: {files: 3, by: "{key}-*.csv"}
                - container: lake/in
                  pattern: "*.csv"
                  after: leave
            """;

    @TempDir
    Path folder;

    private DefinitionFolder job(String triggers) {
        return new DefinitionFolder(folder).with("job.yaml", DefinitionFolder.GOOD + triggers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            max-size: 1KB ; max-size: 0B ; 13:17: 'max-size' is less than 'min-size': no file would be taken
            max-size: 1KB ; max-size: 1 KB ; 13:17: 'max-size' must be a size such as 10B, 5KB, 2MB or 1GB, not '1 KB'
            files: 3, by ; by ; 14:14: 'group' never starts a run — add 'files', 'wait' or 'quiet'
            files: 3 ; files: 0 ; 14:22: 'files' must be at least 1, not 0
            {key}-*.csv ; {kye}-*.csv ; 14:29: 'by' must be a name with {key} in it, such as strikes-{key}-part*.csv, not '{kye}-*.csv'
            folder: drop ; input: input1 ; 11:7: missing key 'folder' — or 'container', for blobs
            lake/in ; lak/in ; 15:18: unknown blob store 'lak' — did you mean 'lake'?
            lake/in ; lake/../in ; 15:18: 'container' must not leave its folder by '..'
            lake/in ; /in ; 15:18: 'container' must be the name of a blob store, and a prefix after a slash, such as lake/incoming, not '/in'
            lake/in ; lake/${definition} ; 15:18: 'container' takes no templates
            pattern: "*.csv" ; folder: drop2 ; 15:18: files come from a folder or from a container — remove 'folder', or 'container'
            pattern: "*.csv" ; changed: quarantine ; 16:16: 'changed' is for files: another version of a blob always becomes another run — remove it
            after: leave ; after: archive|    - {container: lake/in/archive/x} ; 18:19: 'container' lies in the archive of job.yaml:15:18: blobs put away there would be scored again — use another prefix
            after: leave ; after: leave|delivery: {container: lak/out} ; 18:23: unknown blob store 'lak' — did you mean 'lake'?
            after: leave ; after: leave|delivery: {container: lake} ; 18:23: outputs may be put under 'lake/in/' in job.yaml:15:18: they would be scored again — use another prefix
            after: leave ; after: leave|delivery: {container: lake/../x} ; 18:23: 'container' must not leave its folder by '..'
            after: leave ; after: leave|delivery: {to: container} ; 18:16: 'to' needs a container — add 'container', or remove 'to'
            after: leave ; after: leave|delivery: {container: lake/out, to: lake} ; 18:37: 'to' must be both or container, not lake
            files: 3, by ; wait: 1h, incomplete: start, by ; 14:37: 'incomplete' needs to know how many files make a group — add 'files'
            after: leave ; recursive: true ; 17:18: 'recursive' is for folders: blobs are taken right below the prefix — remove it
            after: leave ; archive-by: day ; 17:19: 'archive-by' needs an archive: its files are not moved there — remove it, or 'after'
            """)
    void saysWhereAMistakeIs(String from, String to, String expected) {
        assertThat(job(TRIGGERS).problems()).isEmpty();
        assertThat(TRIGGERS).contains(from);

        assertThat(job(TRIGGERS.replace(from, to.replace('|', '\n'))).problems())
                .contains("job.yaml:" + expected);
    }

    @Test
    void refusesTwoDefinitionsThatTakeTheSameBlob() {
        job(TRIGGERS);
        DefinitionFolder both = new DefinitionFolder(folder)
                .with(
                        "other.yaml",
                        DefinitionFolder.GOOD.replace("name: job", "name: other")
                                + "triggers: { files: [{ container: lake/in/, pattern: \"day-*\" }] }\n");

        assertThat(both.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "other.yaml:9:34: 'container' is that in job.yaml:15:18 too, and both take a blob such as 'day-");
    }

    @Test
    void readsThatOutputsGoIntoAContainerAloneAndKeepsItFrozen() {
        var alone = job("delivery: {container: lake/out, to: container}\n")
                .load()
                .all()
                .iterator()
                .next();
        var both =
                job("delivery: {container: lake/out}\n").load().all().iterator().next();

        assertThat(alone.delivery().containerAlone()).isNotNull();
        assertThat(both.delivery().containerAlone()).isNull();
        assertThat(FrozenDefinition.of(alone).definition()).isEqualTo(alone);
        assertThat(FrozenDefinition.of(both).definition()).isEqualTo(both);
        assertThat(FrozenDefinition.of(both).json())
                .as("unchanged since older versions")
                .doesNotContain("\"to\"");
    }

    @Test
    void warnsOfCallbacksThatAreNotAllowed() {
        var job = job("callbacks: [https://hooks.example.com/a, https://other.example.com/]\n");
        var folders = new Folders(
                Path.of("inbox"), Path.of("delivered"), Set.of(), address -> address.startsWith("https://hooks."));

        assertThat(DefinitionLoader.load(folder, Set.of("hashing"), cron -> Optional.empty(), folders)
                        .warnings())
                .singleElement()
                .asString()
                .isEqualTo(
                        "job.yaml:9:42: warning: the callback is not called: orchestrator.callbacks.allow does not list its scheme and"
                                + " host — list them there, or remove the callback");
        assertThat(job.warnings()).isEmpty();
    }

    @Test
    void readsStoreAndPrefixAndKeepsThemFrozen() {
        var job = job(TRIGGERS).load().all().iterator().next();
        DropContainer container = job.triggers().containers().getFirst();

        assertThat(container.store()).isEqualTo("lake");
        assertThat(container.prefix()).isEqualTo("in/");
        assertThat(FrozenDefinition.of(job).definition()).isEqualTo(job);
        assertThat(FrozenDefinition.of(job("").load().all().iterator().next()).json())
                .as("unchanged since older versions")
                .doesNotContain("containers");
        assertThat(Map.of(
                                "whole",
                                job(TRIGGERS.replace("lake/in", "lake"))
                                        .load()
                                        .all()
                                        .iterator()
                                        .next())
                        .get("whole")
                        .triggers()
                        .containers()
                        .getFirst()
                        .location())
                .isEqualTo("lake/");
    }
}
