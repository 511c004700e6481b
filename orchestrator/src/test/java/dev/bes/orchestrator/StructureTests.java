package dev.bes.orchestrator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bes.orchestrator.run.InputSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.core.ApplicationModules;

/** The picture in docs/architecture.md, held against the code: which package knows which, and which technology lives where. */
class StructureTests {
    private static final String ROOT = "dev.bes.orchestrator";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private record Fence(String technology, List<String> packages, List<String> allowedIn) {}

    private static final List<Fence> FENCES = List.of(
            new Fence("Quartz", List.of("org.quartz.."), List.of("trigger.schedule")),
            new Fence("Spring Batch", List.of("org.springframework.batch.."), List.of("pipeline.batch")),
            new Fence("Azure", List.of("com.azure.."), List.of("remote.azureml", "remote.blob.azure", "remote.vault")),
            new Fence(
                    "HTTP clients",
                    List.of("java.net.http.."),
                    List.of(
                            "remote.http",
                            "remote.azureml",
                            "remote.bes",
                            "remote.inference",
                            "remote.blob.azure",
                            "web.security.oidc")),
            new Fence("JSON of the API", List.of("dev.bes.api.."), List.of("web")),
            // the service does not call itself
            new Fence("Client of the API", List.of("dev.bes.api.client.."), List.of()),
            new Fence(
                    "MVC",
                    List.of("org.springframework.web..", "jakarta.servlet..", "org.thymeleaf.."),
                    List.of("web")),
            // runs and scorings are written in run only. The others have tables of their own: trigger.arrival the
            // ledger of
            // dropped files, trigger.schedule Quartz's, pipeline.batch Spring Batch's, remote.budget the ledger of
            // calls,
            // callback the outbox, node the heartbeats and the markers of folders
            new Fence(
                    "SQL",
                    List.of("org.springframework.jdbc..", "java.sql..", "org.postgresql.."),
                    List.of(
                            "account",
                            "audit",
                            "callback",
                            "database",
                            "run",
                            "trigger.schedule",
                            "trigger.arrival",
                            "trigger.backfill",
                            "trigger.request",
                            "pipeline.batch",
                            "remote.budget",
                            "node")));

    private static final int FILES_OF_A_PACKAGE = 16;

    @Test
    void followsTheArrows() {
        ApplicationModules.of(OrchestratorApplication.class).verify();
    }

    @Test
    void hasNoCirclesOfPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void hasNoPackageOfManyFiles() {
        Map<String, Long> files = sources()
                .collect(Collectors.groupingBy(file -> String.valueOf(file.getParent()), Collectors.counting()));

        assertThat(files)
                .allSatisfy((folder, count) -> assertThat(count).as(folder).isLessThanOrEqualTo(FILES_OF_A_PACKAGE));
    }

    @TestFactory
    Stream<DynamicTest> keepsEachTechnologyBehindItsFence() {
        return FENCES.stream()
                .map(fence -> DynamicTest.dynamicTest(fence.technology, () -> {
                    String[] inside = fence.allowedIn.stream()
                            .map(p -> ROOT + "." + p + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(inside)
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(fence.packages.toArray(String[]::new)))
                            .check(CODE);
                }));
    }

    /** An HTTP client looks a name up by itself, and may find another address than the one that was checked. */
    @Test
    void connectsByHandOnlyToAddressesThatWereChecked() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".callback..")
                .should()
                .dependOnClassesThat(assignableTo(java.net.Socket.class))
                .check(CODE);
    }

    @Test
    void leavesTheApiOnItsOwn() {
        JavaClasses api = new ClassFileImporter().importPackages("dev.bes.api");
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.bes..").and(resideOutsideOfPackage("dev.bes.api..")))
                .check(api);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bes.api.client..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.bes.api.client..", "org.springframework.."))
                .check(api);
    }

    @Test
    void writesScoringsOnlyInTheRunPackage() {
        assertThat(sources().filter(file -> !file.toString().contains("/run/")))
                .noneMatch(file -> read(file)
                        .matches("(?s).*(UPDATE|INSERT INTO|DELETE FROM)\\s+(run|scoring|attempt"
                                + "|history|submit_intent)\\b.*"));
    }

    @Test
    void writesHistoryOnlyInItsJournal() throws IOException {
        assertThat(sources()
                        .filter(file -> read(file).matches("(?is).*(UPDATE|INSERT INTO|DELETE FROM)\\s+history\\b.*")))
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("RunJournal.java");
    }

    @Test
    void writesTheAuditOnlyInItsLogAndRemovesFromItOnlyInItsPurge() {
        assertThat(sources()
                        .filter(file -> read(file).matches("(?is).*(UPDATE|INSERT INTO|DELETE FROM)\\s+audit\\b.*")))
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactlyInAnyOrder("AuditLog.java", "AuditPurge.java");
    }

    @Test
    void knowsTheKindsOfInputsOnlyWhereTheyArriveAreKeptAndAreOpened() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".run..", ROOT + ".trigger..")
                .and()
                .doNotHaveSimpleName("InputOpener")
                .should()
                .dependOnClassesThat(
                        assignableTo(InputSource.class).and(DescribedPredicate.not(equivalentTo(InputSource.class))))
                .check(CODE);
    }

    @Test
    void takesTimeFromTheOneClock() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CODE);
    }

    @Test
    void givesNoClassANameThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .check(CODE);
    }

    @Test
    void givesNoTwoClassesOfAModuleTheSameName() throws IOException {
        Map<String, Long> classes = modules()
                .flatMap(StructureTests::sources)
                .map(file -> file.getName(1) + "/" + file.getFileName())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(classes).containsKeys("orchestrator/OrchestratorApplication.java", "sandbox/Sandbox.java");
        assertThat(classes.keySet().stream().filter(name -> classes.getOrDefault(name, 0L) > 1))
                .isEmpty();
    }

    @Test
    void keepsFilesSmall() {
        List<Long> lines = sources().map(StructureTests::lines).sorted().toList();

        assertThat(lines.getLast()).as("longest file").isLessThanOrEqualTo(300);
        assertThat(lines.get(lines.size() * 9 / 10)).as("nine of ten files").isLessThanOrEqualTo(150);
    }

    private static Stream<Path> sources() {
        return sources(Path.of("src/main/java"));
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of sources of all modules: {@code ../orchestrator/src/main/java} and so on. */
    private static Stream<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.map(folder -> folder.resolve("src/main/java")).filter(Files::isDirectory).toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        return read(file).lines().count();
    }
}
