package dev.bes.orchestrator.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.definition.template.TemplateValues;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beside the inputs is nobody's trouble; what may hold some is named. */
class FileSearchTests {

    @TempDir
    Path folder;

    private final Set<String> seen = new HashSet<>();

    @BeforeEach
    void files() {
        JobFolder files = new JobFolder(folder);
        for (String file :
                List.of("top.csv", "in/a.csv", "in/b.csv", "in/deep/c.csv", "in-2/d.csv", "lost+found/e.csv")) {
            files.write(file, "text\n");
        }
    }

    /** The file system, but for a folder that may not be read; a test may be run by root, who reads everything. */
    private final class Guarded implements FileSearch.Entries {
        @Override
        public List<Path> in(Path here) throws IOException {
            seen.add(folder.relativize(here).toString());
            if (here.endsWith("lost+found")) {
                throw new AccessDeniedException(here.toString());
            }
            if (here.endsWith("vanished")) {
                throw new NoSuchFileException(here.toString());
            }
            return FileSearch.REAL.in(here);
        }

        @Override
        public BasicFileAttributes of(Path path) throws IOException {
            if (path.endsWith("locked/x.csv")) {
                throw new AccessDeniedException(path.toString());
            }
            return FileSearch.REAL.of(path);
        }
    }

    private List<String> found(String glob) throws IOException {
        return new FileSearch(folder, new Guarded())
                .find(glob).stream()
                        .map(path -> folder.relativize(path).toString())
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            top.csv             | top.csv                                  | 1
            *.csv               | top.csv                                  | 1
            in/*.csv            | in/a.csv in/b.csv                        | 2
            in/a.csv            | in/a.csv                                 | 2
            in*/*.csv           | in-2/d.csv in/a.csv in/b.csv             | 3
            in/**               | in/a.csv in/b.csv in/deep/c.csv          | 3
            in/**/*.csv         | in/deep/c.csv                            | 3
            {in,in-2}/[ad].csv  | in-2/d.csv in/a.csv                      | 3
            in/{a,deep/c}.csv   | in/a.csv in/deep/c.csv                   | 3
            in/d*p/?.csv        | in/deep/c.csv                            | 3
            none/*.csv          |                                          | 1
            in/top.csv/x        |                                          | 2
            """)
    void findsWhatTheGlobMatchesAndLooksNowhereElse(String glob, String expected, int folders) throws IOException {
        assertThat(found(glob))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(" ", -1)));
        assertThat(seen).hasSize(folders).doesNotContain("lost+found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "**/*.csv", "*/*.csv", "lost+found/*.csv", "{in/deep,lost+found}/e.csv", "l*/e.csv"})
    void namesAFolderThatMayHoldSomeAndMayNotBeRead(String glob) {
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> found(glob))
                .withMessage(folder.resolve("lost+found").toString());
    }

    @Test
    void namesAFolderThatMayBeListedAndNotEntered() throws IOException {
        new JobFolder(folder).write("locked/x.csv", "text\n").write("locked/y.txt", "text\n");

        assertThat(found("locked/*.txt")).containsExactly("locked/y.txt");
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> found("locked/*.csv"))
                .withMessage(folder.resolve("locked").toString());
    }

    @Test
    void passesOverWhatVanishesAndFollowsNoLoop() throws IOException {
        Files.createDirectories(folder.resolve("in/vanished"));
        Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/self.csv"), folder.resolve("in/self.csv"));
        Files.createSymbolicLink(folder.resolve("in/link.csv"), folder.resolve("top.csv"));

        assertThat(found("in/**")).containsExactly("in/a.csv", "in/b.csv", "in/deep/c.csv", "in/link.csv");
        assertThatThrownBy(() -> new FileSearch(folder.resolve("vanished"), new Guarded()).find("*"))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void goesAsDeepAsPathsGo() throws IOException {
        Path deep = folder;
        while (deep.toString().length() < 3_900) {
            deep = deep.resolve("d".repeat(20));
        }
        Files.createDirectories(deep);
        Files.createFile(deep.resolve("x.csv"));

        assertThat(found("d*/**.csv")).hasSize(1);
    }

    @Test
    void saysWhoMayNotReadWhichFolder() {
        new JobFolder(folder).definition("job", "hashing", "");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        Definition job = definitions.find("job").orElseThrow();
        FileSearch.Entries nothing = new FileSearch.Entries() {
            @Override
            public List<Path> in(Path here) throws IOException {
                throw new AccessDeniedException(here.toString());
            }

            @Override
            public BasicFileAttributes of(Path path) throws IOException {
                return FileSearch.REAL.of(path);
            }
        };

        assertThatExceptionOfType(RunRefusedException.NoInput.class)
                .isThrownBy(() -> new InputFiles(definitions, nothing)
                        .scorings(job, Map.of(), TemplateValues.of("job", "", Instant.EPOCH)))
                .withMessageStartingWith("Input 'input1': 'data/job/*.csv' may match files in "
                        + folder.resolve("definitions") + ", which may not be read by user '"
                        + System.getProperty("user.name") + "'");
    }
}
