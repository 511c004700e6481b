package dev.bes.orchestrator.definition.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTests {

    private static final TemplateValues BARE =
            TemplateValues.of("birdstrikes", "run-7", Instant.parse("2026-03-01T04:30:00Z"));
    private static final TemplateValues FULL = BARE.withFire(
                    Instant.parse("2026-03-01T04:00:00Z"), ZoneId.of("America/New_York"))
            .withFile("../my strikes.2026.csv")
            .withRequest(Map.of("region", "us/east", "empty", ""));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            plain $text {x}                 ; plain $text {x}
            ${definition}-${run.id}         ; birdstrikes-run-7
            ${run.time}                     ; 2026-03-01T04:30:00Z
            ${run.time:HH:mm}               ; 23:30
            ${fire.time}                    ; 2026-03-01T04:00:00Z
            ${fire.time:yyyy-MM-dd}         ; 2026-02-28
            ${file.name}                    ; ../my strikes.2026.csv
            ${file.stem}                    ; ../my strikes.2026
            ${request.region}               ; us/east
            ${request.region:-eu}           ; us/east
            ${request.other:-eu}            ; eu
            [${request.other:-}]            ; []
            [${request.empty:-eu}]          ; []
            """)
    void putsTheValuesIn(String text, String expected) {
        assertThat(Templates.resolve(text, FULL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            out/${file.stem}/${request.region}  ; out/__my_strikes.2026/us_east
            out/${fire.time}                    ; out/2026-03-01T04_00_00Z
            out/${fire.time:yyyy/MM}            ; out/2026_02
            My out/${request.other:-..}         ; My out/_
            """)
    void neverAddsAFolderToAPath(String path, String expected) {
        assertThat(Templates.resolvePath(path, FULL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ${fire.time}      ; ${fire.time} has no value: no schedule started this run
            ${file.name}      ; ${file.name} has no value: no file started this run
            x${file.stem}     ; ${file.stem} has no value: no file started this run
            ${request.region} ; ${request.region} has no value: the request has no 'region'
            ${run.idd}        ; ${run.idd} is not a template: did you mean 'run.id'?
            a ${run.id        ; '${run.id' has no '}'
            """)
    void saysWhichValueIsMissing(String text, String message) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Templates.resolve(text, BARE))
                .withMessage(message);
    }
}
