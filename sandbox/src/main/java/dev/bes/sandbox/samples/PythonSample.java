package dev.bes.sandbox.samples;

/** A program for Python 3, with the standard library only. */
final class PythonSample {

    private PythonSample() {}

    static String program(SampleCall call) {
        StringBuilder text = new StringBuilder("import urllib.error\nimport urllib.request\n\n");
        if (call.hasBody()) {
            text.append("body = '''").append(escaped(call.body())).append("'''\n");
        }
        text.append("request = urllib.request.Request(\n    '")
                .append(escaped(call.url().toString()))
                .append("',\n");
        text.append("    method='").append(call.method()).append("',\n    headers={\n");
        call.headers()
                .forEach(
                        (name, value) -> text.append("        '%s': '%s',\n".formatted(escaped(name), escaped(value))));
        text.append("    },\n")
                .append(call.hasBody() ? "    data=body.encode('utf-8'),\n" : "")
                .append(")\n");
        return text.append("""
                try:
                    response = urllib.request.urlopen(request)
                except urllib.error.HTTPError as refusal:
                    response = refusal
                print(response.code, response.reason)
                print(response.read().decode('utf-8'))
                """).toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
