package dev.bes.sandbox.samples;

import java.util.regex.Pattern;

/** A program for PowerShell 7 or newer. */
final class PowerShellSample {

    private static final Pattern QUOTE = Pattern.compile("['\u2018\u2019\u201a\u201b]");

    private PowerShellSample() {}

    static String program(SampleCall call) {
        StringBuilder text = new StringBuilder("#Requires -Version 7.0\n$headers = @{\n");
        call.headers().forEach((name, value) -> text.append("    %s = %s\n".formatted(literal(name), literal(value))));
        text.append("}\n");
        if (call.hasBody()) {
            text.append("$body = ").append(literal(call.body())).append('\n');
        }
        text.append("$response = Invoke-WebRequest -Method ").append(call.method());
        text.append(" -Uri ").append(literal(call.url().toString()));
        text.append(" -Headers $headers -SkipHeaderValidation -SkipHttpErrorCheck");
        text.append(call.hasBody() ? " -Body ([Text.Encoding]::UTF8.GetBytes($body))" : "");
        return text.append("\n$response.StatusCode\n$response.Content\n").toString();
    }

    /** PowerShell takes four typographic quotes for the single quote; each of them is doubled. */
    private static String literal(String text) {
        return "'" + QUOTE.matcher(text).replaceAll("$0$0") + "'";
    }
}
