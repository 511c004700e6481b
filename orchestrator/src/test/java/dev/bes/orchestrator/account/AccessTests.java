package dev.bes.orchestrator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.definition.DefinitionScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants, and what follows from them. */
class AccessTests {
    private static final Access ALICE = new Access(
            "alice", List.of(Grant.of("viewer"), Grant.of("operator:finance-*"), Grant.of("admin:finance-eu")));

    @ParameterizedTest
    @CsvSource({
        "VIEWER,   sales,      true",
        "OPERATOR, sales,      false",
        "OPERATOR, finance-us, true",
        "OPERATOR, finance,    false",
        "OPERATOR, my-finance-us, false",
        "ADMIN,    finance-us, false",
        "ADMIN,    finance-eu, true",
        "OPERATOR, finance-eu, true"
    })
    void grantsARoleWithAllLowerOnesOnAPattern(Role role, String definition, boolean allowed) {
        assertThat(ALICE.may(role, definition)).isEqualTo(allowed);
    }

    @Test
    void tellsARoleSomewhereFromOneEverywhere() {
        assertThat(ALICE.maySomewhere(Role.ADMIN)).isTrue();
        assertThat(ALICE.mayEverywhere(Role.ADMIN)).isFalse();
        assertThat(ALICE.mayEverywhere(Role.VIEWER)).isTrue();
        assertThat(new Access("bob", List.of()).maySomewhere(Role.VIEWER)).isFalse();
    }

    @Test
    void limitsTheScopeOfARoleToItsPatterns() {
        assertThat(ALICE.scope(Role.OPERATOR)).isEqualTo(DefinitionScope.of(List.of("finance-*", "finance-eu")));
        assertThat(ALICE.scope(Role.VIEWER).isAll()).isTrue();
        assertThat(new Access("bob", List.of()).scope(Role.VIEWER).includes("sales"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator:finance-*", "admin:a*b*c"})
    void readsTheFormThatItWrites(String grant) {
        assertThat(Grant.of(grant)).hasToString(grant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "owner",
                "viewer:",
                "viewer:Finance",
                "viewer:a.b",
                "viewer:%",
                "viewer:_",
                "admin:*****",
                "VIEWER"
            })
    void refusesAGrantThatCanNeverHold(String grant) {
        assertThatThrownBy(() -> Grant.of(grant)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesPatternsForTheDatabase() {
        assertThat(DefinitionScope.of(List.of("b-*", "a")).likePatterns()).containsExactly("a", "b-%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin | operator:finance-* | operator:finance-*",
                "operator:finance-* | admin | operator:finance-*",
                "viewer | admin:sales | viewer:sales",
                "operator:finance-* | viewer:finance-eu-* | viewer:finance-eu-*",
                "operator:a-* | operator:*-b | ''",
                "operator:sales | operator:finance | ''"
            })
    void givesAKeyNoMoreThanBothItAndItsOwnerMay(String key, String owner, String both) {
        assertThat(Grant.intersection(List.of(Grant.of(key)), List.of(Grant.of(owner))))
                .map(Grant::toString)
                .containsExactlyElementsOf(both.isEmpty() ? List.of() : List.of(both));
    }

    @Test
    void handsOutOnlyWhatItIncludes() {
        Access bob = new Access("bob", List.of(Grant.of("operator:finance-*")));
        assertThat(bob.includes(List.of(Grant.of("viewer:finance-eu"), Grant.of("operator:finance-*"))))
                .isTrue();
        assertThat(bob.includes(List.of(Grant.of("viewer:fin*")))).isFalse();
        assertThat(bob.includes(List.of(Grant.of("admin:finance-eu")))).isFalse();
    }
}
