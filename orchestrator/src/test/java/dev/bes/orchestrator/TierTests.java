package dev.bes.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What tests must have, so that the fast run stays fast and no test is left out in silence. */
class TierTests {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.bes.orchestrator");

    /** Directly, or through a helper. */
    private static boolean startsANode(JavaClass test) {
        Set<JavaClass> seen = new HashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>(List.of(test));
        while (!next.isEmpty()) {
            JavaClass one = next.pop();
            if (one.isEquivalentTo(SpringApplication.class) || one.isEquivalentTo(SpringApplicationBuilder.class)) {
                return true;
            }
            if (TESTS.contain(one.getName()) && seen.add(one)) {
                one.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .forEach(next::push);
            }
        }
        return false;
    }

    private static boolean isATest(JavaClass type) {
        return type.isTopLevelClass()
                && type.getSimpleName().endsWith("Tests")
                && !type.isEquivalentTo(TierTests.class);
    }

    @Test
    void tagsAsSlowEveryTestThatStartsANode() {
        List<JavaClass> starting = TESTS.stream()
                .filter(TierTests::isATest)
                .filter(TierTests::startsANode)
                .toList();

        assertThat(starting).extracting(JavaClass::getSimpleName).contains("MainJobTests", "CrashMatrixTests");
        assertThat(starting)
                .allMatch(test -> test.isAnnotatedWith(Tag.class)
                        && test.getAnnotationOfType(Tag.class).value().equals("slow"));
    }

    @Test
    void knowsNoTagButSlow() {
        assertThat(TESTS.stream().filter(type -> type.isAnnotatedWith(Tag.class)))
                .extracting(type -> type.getAnnotationOfType(Tag.class).value())
                .containsOnly("slow");
    }

    @Test
    void skipsNoTestExceptForADeclaredPrecondition() {
        noClasses()
                .that()
                .areNotAssignableTo(Precondition.class)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.(junit|assertj)\\..*\\.(Assumptions|Disabled\\w*|Enabled\\w*)")
                .check(TESTS);
    }
}
