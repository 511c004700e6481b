package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FrozenDefinition;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSchemaTests {
    private static final String SCHEMA = """
            parameters: {p: "${request.region} ${request.bits}", q: "${request.customer}", r: "${request.share:-0.5}"}
            request:
              schema:
                properties:
                  region: {enum: [eu, us], default: eu}
                  bits: {type: integer, minimum: 1, maximum: 31, default: "3", description: Size of the hash.}
                  customer: {pattern: "^[A-Z]{3}$"}
                  share: {type: number, maximum: 1}
                required: [customer]
            """;

    @TempDir
    Path folder;

    private Definition good() {
        return new DefinitionFolder(folder)
                .with("job.yaml", DefinitionFolder.GOOD + SCHEMA)
                .load()
                .all()
                .iterator()
                .next();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            enum: [eu, us] ; enum: [] ; 13:22: 'enum' must have at least 1 items but found 0
            enum: [eu, us] ; enum: [1] ; 13:23: 'enum[0]' must be text, not a number — write it in quotes: "1"
            default: eu ; default: uk ; 13:41: 'default' must be eu or us, not 'uk'
            region: {enum ; regoin: {enum ; 9:17: ${request.region} is not in 'request.schema' — did you mean 'regoin'?
            type: integer ; type: int ; 14:20: 'type' must be string or integer or number or boolean, not int
            minimum: 1, ; minimum: 40, ; 14:38: 'minimum' is greater than 'maximum'
            default: "3" ; default: "x" ; 14:63: 'default' must be a whole number, not 'x'
            default: "3" ; default: "32" ; 14:63: 'default' must be at most 31, not '32'
            default: "3" ; default: 3 ; 14:63: 'default' must be text, not a number — write it in quotes: "3"
            [A-Z]{3}$ ; [A-Z{3}$ ; 15:27: 'pattern' is no regular expression: Unclosed character class
            [customer] ; [custmer, customer] ; 17:16: unknown parameter 'custmer' — did you mean 'customer'?
            required: [customer] ; required: [] ; 9:57: ${request.customer} has no value in a run that brings none — list it under 'required', or give it a 'default'
            share: {type: number ; unused: {}|      share: {type: number ; 16:7: no template uses ${request.unused} — known: bits, customer, region, share
            """)
    void isCheckedWhenItIsLoaded(String from, String to, String expected) {
        String bad = SCHEMA.replace(from, to.replace('|', '\n'));
        assertThat(bad).isNotEqualTo(SCHEMA);
        assertThat(new DefinitionFolder(folder)
                        .with("job.yaml", DefinitionFolder.GOOD + bad)
                        .problems())
                .contains("job.yaml:" + expected);
    }

    @Test
    void checksAllParametersOfARequestAtOnce() {
        Definition job = good();

        RequestParameter.check(job, Map.of("customer", "ABC"));
        RequestParameter.check(job, Map.of("customer", "ABC", "bits", "31", "share", "-1.25", "region", "us"));
        assertThatThrownBy(() -> RequestParameter.check(job, Map.of("region", "uk", "bits", "0", "share", "1e3")))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessage(
                        "Definition 'job': parameter 'region' must be eu or us; parameter 'bits' must be at least 1;"
                                + " parameter 'customer' is required; parameter 'share' must be a number such as 1.5");
        assertThatThrownBy(() -> RequestParameter.check(job, Map.of("custmer", "ABC")))
                .isInstanceOf(UnknownParameterException.class);
    }

    @Test
    void givesItsDefaultsToARunThatBringsNone() {
        Definition job = good();

        assertThat(Objects.requireNonNull(job.requestSchema()).withDefaults(Map.of("customer", "ABC", "bits", "4")))
                .isEqualTo(Map.of("customer", "ABC", "bits", "4", "region", "eu"));
        assertThat(RequestParameter.of(job))
                .extracting(RequestParameter::name, RequestParameter::fallback)
                .containsExactly(
                        tuple("region", "eu"), tuple("bits", "3"), tuple("customer", null), tuple("share", "0.5"));
        assertThat(FrozenDefinition.of(job).definition()).isEqualTo(job);
    }

    @Test
    void letsADefaultStandInForARequestInRunsOfSchedulesAndChecksTheirParameters() {
        String scheduled = SCHEMA.replace("${request.customer}", "x")
                        .replace("      customer: {pattern: \"^[A-Z]{3}$\"}\n", "")
                        .replace("    required: [customer]\n", "")
                + """
                triggers:
                  schedules:
                    - {name: nightly, cron: "0 0 2 * * ?", zone: UTC, parameters: {bits: "99"}}
                """;

        assertThat(new DefinitionFolder(folder)
                        .with("job.yaml", DefinitionFolder.GOOD + scheduled)
                        .problems())
                .containsExactly("job.yaml:18:74: 'bits' must be at most 31");
    }
}
