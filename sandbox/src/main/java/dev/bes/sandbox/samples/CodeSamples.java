package dev.bes.sandbox.samples;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes programs that make one call, and print the status and the body of the answer. They run as they are. Whatever the
 * values of the call hold stays inside of string literals.
 */
public final class CodeSamples {

    private CodeSamples() {}

    /** The program in one language; it ends with a line feed. */
    public static String of(SampleLanguage language, SampleCall call) {
        return switch (language) {
            case CURL -> CurlSample.program(call);
            case PYTHON -> PythonSample.program(call);
            case JAVA -> JavaSample.program(call);
            case CSHARP -> CSharpSample.program(call);
            case R -> RSample.program(call);
            case POWERSHELL -> PowerShellSample.program(call);
        };
    }

    /** The programs in all languages, in the order of {@link SampleLanguage}. */
    public static Map<SampleLanguage, String> of(SampleCall call) {
        Map<SampleLanguage, String> programs = new EnumMap<>(SampleLanguage.class);
        for (SampleLanguage language : SampleLanguage.values()) {
            programs.put(language, of(language, call));
        }
        return Collections.unmodifiableMap(programs);
    }
}
