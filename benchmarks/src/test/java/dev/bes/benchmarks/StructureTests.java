package dev.bes.benchmarks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structure of the modules around the service: packages without circles, small packages, small files. */
class StructureTests {

    private static final int MOST_FILES_OF_A_PACKAGE = 16;
    private static final int MOST_LINES = 300;
    private static final int USUAL_LINES = 150;

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-onnx", "testbench", "benchmarks", "cli", "api"})
    void hasNoCircleBetweenPackages(String module) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.bes." + module.replace('-', '.'));
        SliceRule rule = slices().assignedFrom(onePerPackage()).should().beFreeOfCycles();

        assertThat(classes).isNotEmpty();
        rule.check(classes);
    }

    /** The records of {@code api} are one vocabulary, in one package. */
    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-onnx", "testbench", "benchmarks", "cli"})
    void keepsPackagesSmall(String module) {
        Map<Path, Long> files =
                sources(module).stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

        assertThat(files)
                .isNotEmpty()
                .allSatisfy((folder, count) ->
                        assertThat(count).as("files in %s", folder).isLessThanOrEqualTo(MOST_FILES_OF_A_PACKAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-onnx", "testbench", "benchmarks", "cli", "api"})
    void keepsFilesSmall(String module) {
        List<Long> lines =
                sources(module).stream().map(StructureTests::lines).sorted().toList();

        assertThat(lines.getLast()).as("lines of the longest file").isLessThanOrEqualTo(MOST_LINES);
        assertThat(lines.get(lines.size() * 9 / 10))
                .as("lines of nine files of ten")
                .isLessThanOrEqualTo(USUAL_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-onnx", "testbench", "benchmarks", "cli", "api"})
    void givesEachClassANameOfItsOwn(String module) {
        assertThat(sources(module)).extracting(Path::getFileName).doesNotHaveDuplicates();
    }

    private static SliceAssignment onePerPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "one slice per package";
            }
        };
    }

    private static List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
