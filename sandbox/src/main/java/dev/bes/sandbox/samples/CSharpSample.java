package dev.bes.sandbox.samples;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A program for C# 5 or newer, on .NET, .NET Framework and Mono. */
final class CSharpSample {

    private CSharpSample() {}

    static String program(SampleCall call) {
        StringBuilder text = new StringBuilder("""
                using System;
                using System.Net.Http;
                using System.Text;

                public static class Sample
                {
                    public static void Main()
                    {
                        using (var client = new HttpClient())
                        {
                """);
        text.append("            var request = new HttpRequestMessage(new HttpMethod(\"%s\"), %s);\n"
                .formatted(call.method(), literal(call.url().toString())));
        call.headers().forEach((name, value) -> {
            if (!SampleCall.isOfBody(name)) {
                text.append(header("request", name, value));
            }
        });
        return text.append(call.hasBody() ? body(call) : "").append("""
                            var response = client.SendAsync(request).GetAwaiter().GetResult();
                            Console.WriteLine((int)response.StatusCode);
                            Console.WriteLine(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
                        }
                    }
                }
                """).toString();
    }

    private static String body(SampleCall call) {
        StringBuilder text = new StringBuilder("            var body =\n                ");
        text.append(Arrays.stream(call.body().split("(?<=\n)"))
                .map(CSharpSample::literal)
                .collect(Collectors.joining(" +\n                ")));
        text.append(";\n            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));\n");
        call.headers().forEach((name, value) -> {
            if (SampleCall.isOfBody(name)) {
                text.append(header("request.Content", name, value));
            }
        });
        return text.toString();
    }

    private static String header(String owner, String name, String value) {
        return "            %s.Headers.TryAddWithoutValidation(%s, %s);\n"
                .formatted(owner, literal(name), literal(value));
    }

    /** C# also takes U+0085, U+2028 and U+2029 for the end of a line. */
    private static String literal(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return '"' + escaped + '"';
    }
}
