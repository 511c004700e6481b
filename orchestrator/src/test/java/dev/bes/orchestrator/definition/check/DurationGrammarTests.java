package dev.bes.orchestrator.definition.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.yaml.DefinitionSchema;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** The durations that the schema allows, read by Spring. */
class DurationGrammarTests {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "5m, PT5M",
        "4h, PT4H",
        "1h30m, PT1H30M",
        "1d, PT24H",
        "1d2h3m4s, PT26H3M4S",
        "PT0.5S, PT0.5S",
        "007m, PT7M",
        "99999d9999999h99999999m999999999s, PT51639909939S",
        "PT1H0.123456789S, PT1H0.123456789S",
        "P2D, PT48H"
    })
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(DurationFormatterUtils.detectAndParse(text)).isEqualTo(expected);
        assertThat(text)
                .matches(DefinitionSchema.shipped()
                        .tree()
                        .at("/$defs/duration/pattern")
                        .asString());
    }

    @ParameterizedTest
    @CsvSource({"''", "d", "5", "5 m", "1m1h", "-5s", "P", "PT", "P1DT", "1.5h", "5S"})
    void isRefusedByTheSchemaOtherwise(String text) {
        assertThat(text)
                .doesNotMatch(DefinitionSchema.shipped()
                        .tree()
                        .at("/$defs/duration/pattern")
                        .asString());
    }
}
