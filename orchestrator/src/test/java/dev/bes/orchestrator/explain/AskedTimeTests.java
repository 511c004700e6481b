package dev.bes.orchestrator.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bes.orchestrator.explain.AskedTime.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTimeTests {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-12-25, 2026-12-24T23:00:00Z, 2026-12-25T23:00:00Z",
        "2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "2026-12-25Z, 2026-12-25T00:00:00Z, 2026-12-26T00:00:00Z",
        "2026-12-25T02:30, 2026-12-25T01:30:00Z, 2026-12-25T01:31:00Z",
        "2026-12-25T02:30:07, 2026-12-25T01:30:07Z, 2026-12-25T01:30:08Z",
        "2026-12-25T02:30Z, 2026-12-25T02:30:00Z, 2026-12-25T02:31:00Z",
        "2026-12-25T02:30:00.5+05:30, 2026-12-24T21:00:00Z, 2026-12-24T21:00:01Z"
    })
    void isASpanByTheClockOfTheZoneOrByItsOwn(String text, Instant from, Instant to) {
        assertThat(AskedTime.of(text).in(BERLIN)).containsExactly(new Span(from, to));
    }

    @Test
    void isNeverWhenClocksLeaveItOutAndTwiceWhenTheyShowItTwice() {
        assertThat(AskedTime.of("2026-03-29T02:30").in(BERLIN)).isEmpty();
        assertThat(AskedTime.of("2026-10-25T02:30").in(BERLIN))
                .extracting(Span::from)
                .isEqualTo(List.of(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-13-01",
                "2026-02-30T01:00",
                "2026-12-25T24:30",
                "2026-12-25 02:30",
                "0000-01-01",
                "12026-12-25",
                "2026-12-25T02",
                "2026-12-25T02:30+99:00",
                "2026-12-25T02:30 Europe/Berlin"
            })
    void refusesOtherTexts(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AskedTime.of(text))
                .withMessageContaining("such as 2026-03-29T02:30");
    }
}
