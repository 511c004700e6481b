package dev.bes.orchestrator.definition.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTests {

    @ParameterizedTest
    @CsvSource({
        "strikes-2026_03.csv, strikes-2026_03.csv",
        "'', _",
        "., _",
        ".., _",
        "../../etc/passwd, __.._etc_passwd",
        ".hidden, _hidden",
        "a b/c\\d:e, a_b_c_d_e",
        "größe.csv, gr__e.csv",
        "🐦, _"
    })
    void leavesOnlyWhatIsSafeEverywhere(String name, String expected) {
        assertThat(SafeName.of(name)).isEqualTo(expected);
    }

    @Test
    void cutsALongName() {
        assertThat(SafeName.of("x".repeat(101))).hasSize(100);
    }
}
