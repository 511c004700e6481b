package dev.bes.sandbox.samples;

/** A program for Java 15 or newer, which runs from its source: {@code java Sample.java}. */
final class JavaSample {

    private static final String INDENT = " ".repeat(16);

    private JavaSample() {}

    static String program(SampleCall call) {
        StringBuilder text = new StringBuilder("""
                import java.net.URI;
                import java.net.http.HttpClient;
                import java.net.http.HttpRequest;
                import java.net.http.HttpResponse;

                public class Sample {
                    public static void main(String[] args) throws Exception {
                """);
        if (call.hasBody()) {
            text.append("        String body = ").append(textBlock(call.body())).append(";\n");
        }
        text.append("        HttpRequest request = HttpRequest.newBuilder(URI.create(%s))\n"
                .formatted(literal(call.url().toString())));
        call.headers()
                .forEach((name, value) ->
                        text.append(INDENT + ".header(%s, %s)\n".formatted(literal(name), literal(value))));
        text.append(INDENT
                + ".method(\"%s\", HttpRequest.BodyPublishers.%s)\n"
                        .formatted(call.method(), call.hasBody() ? "ofString(body)" : "noBody()"));
        return text.append(INDENT + ".build();\n").append("""
                        HttpResponse<String> response =
                                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                        System.out.println(response.statusCode());
                        System.out.println(response.body());
                    }
                }
                """).toString();
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A text block whose last line carries the indentation, so that none of the text's own is taken off. */
    private static String textBlock(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
        StringBuilder block = new StringBuilder("\"\"\"\n");
        String[] lines = escaped.split("\n", -1);
        for (int n = 0; n < lines.length; n++) {
            block.append(INDENT)
                    .append(lines[n])
                    .append(lineEnd(lines[n], n == lines.length - 1))
                    .append('\n');
        }
        return block.append(INDENT).append("\"\"\"").toString();
    }

    /** A text block loses blanks at the end of a line, unless an escape follows them. */
    private static String lineEnd(String line, boolean last) {
        boolean blankAtEnd = !line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1));
        return last ? "\\" : blankAtEnd ? "\\n\\" : "";
    }
}
