package dev.bes.sandbox.samples;

import java.util.ArrayList;
import java.util.List;

/** The command curl, for a POSIX shell. */
final class CurlSample {

    private CurlSample() {}

    static String program(SampleCall call) {
        List<String> options = new ArrayList<>();
        options.add("curl --include --request " + call.method() + globs(call) + " "
                + quoted(call.url().toString()));
        call.headers().forEach((name, value) -> options.add("--header " + quoted(name + ": " + value)));
        if (call.hasBody()) {
            options.add("--data-raw " + quoted(call.body()));
        } else if (call.hasEmptyBody()) {
            options.add("--header 'Content-Length: 0'");
        }
        return String.join(" \\\n  ", options) + "\n";
    }

    /** curl takes brackets in an address for a list of addresses unless it is told not to. */
    private static String globs(SampleCall call) {
        String url = call.url().toString();
        return url.contains("[") || url.contains("]") ? " --globoff" : "";
    }

    /** Between single quotes a POSIX shell takes every character as it is; only the quote itself ends them. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
