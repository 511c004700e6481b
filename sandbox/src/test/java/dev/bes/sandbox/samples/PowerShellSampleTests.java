package dev.bes.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads the program as PowerShell's tokenizer does, since PowerShell itself is not here: a single-quoted string ends at one
 * of five quotes unless another one follows, and nothing in it is expanded (about_Quoting_Rules).
 */
class PowerShellSampleTests {

    private static final String QUOTES = "'\u2018\u2019\u201a\u201b";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "it's $HOME $(calc) `n \" \"@\n'@\n; calc #",
                "''",
                "'",
                "\u2018; calc; \u2019",
                "a\u201b",
                "\u201a'\u2018",
                "# é 漢 😀\n\n\t}"
            })
    void everyValueStaysInItsLiteral(String value) {
        SampleCall call =
                new SampleCall("POST", URI.create("http://127.0.0.1/it's?$x"), Map.of("X-Key", "k'$x"), value);
        List<String> literals = new ArrayList<>();

        String code = code(CodeSamples.of(SampleLanguage.POWERSHELL, call), literals);

        assertThat(literals)
                .containsExactly(
                        "X-Key", "k'$x", "Content-Type", "application/json", value, "http://127.0.0.1/it's?$x");
        assertThat(code).isEqualTo("""
                #Requires -Version 7.0
                $headers = @{
                    <> = <>
                    <> = <>
                }
                $body = <>
                $response = Invoke-WebRequest -Method POST -Uri <> -Headers $headers -SkipHeaderValidation \
                -SkipHttpErrorCheck -Body ([Text.Encoding]::UTF8.GetBytes($body))
                $response.StatusCode
                $response.Content
                """);
    }

    /** The program with each literal replaced by {@code <>}. */
    private static String code(String program, List<String> literals) {
        StringBuilder code = new StringBuilder();
        for (int at = 0; at < program.length(); at++) {
            if (QUOTES.indexOf(program.charAt(at)) < 0) {
                code.append(program.charAt(at));
                continue;
            }
            StringBuilder literal = new StringBuilder();
            for (at++; !endsAt(program, at); at++) {
                at += QUOTES.indexOf(program.charAt(at)) >= 0 ? 1 : 0;
                literal.append(program.charAt(at));
            }
            literals.add(literal.toString());
            code.append("<>");
        }
        return code.toString();
    }

    private static boolean endsAt(String program, int at) {
        return QUOTES.indexOf(program.charAt(at)) >= 0
                && (at + 1 == program.length() || QUOTES.indexOf(program.charAt(at + 1)) < 0);
    }
}
