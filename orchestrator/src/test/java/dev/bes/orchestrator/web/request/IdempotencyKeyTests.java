package dev.bes.orchestrator.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is, however it is written. */
class IdempotencyKeyTests {
    @ParameterizedTest
    @ValueSource(strings = {"k-1", "\"k-1\"", " k-1 ", "k-1,k-1", "k-1 , \"k-1\"", "\"k-1\",\"k-1\""})
    void isTheSameHoweverItIsWritten(String text) {
        assertThat(IdempotencyKey.of(List.of(text))).isEqualTo("k-1");
        assertThat(IdempotencyKey.of(List.of(text, "k-1"))).isEqualTo("k-1");
    }

    @Test
    void mayBeMissing() {
        assertThat(IdempotencyKey.of(List.of())).isNull();
    }

    @Test
    void acceptsEveryVisibleAsciiCharacterButCommaAndQuote() {
        String all = "!#$%&'()*+-./:;<=>?@[\\]^_`{|}~azAZ09";
        assertThat(IdempotencyKey.of(List.of(all))).isEqualTo(all);
        assertThat(IdempotencyKey.of(List.of("k".repeat(200)))).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "\"",
                ",",
                "k-1,",
                ",k-1",
                "k 1",
                "\"k 1\"",
                "k\"1",
                "\"k-1",
                "\"k-1\";a=1",
                "schlüssel"
            })
    void refusesAMalformedKey(String text) {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of(text)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1 to 200 visible ASCII characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k-1,k-2", "k-1, K-1", "\"k-1\", \"k-2\""})
    void refusesTwoDifferentKeys(String text) {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of(text)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("different Idempotency-Keys");
        assertThatThrownBy(() -> IdempotencyKey.of(List.of("k-1", "k-2")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'k-1' and 'k-2'");
    }
}
